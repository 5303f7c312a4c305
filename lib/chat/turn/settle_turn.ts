import type { NanoUsd } from "../../shared/money.ts";
import { chatKeys, type Head, type Message } from "../records.ts";
import type { Alert } from "../../metering/alert_records.ts";
import {
  ALL,
  type DayTotal,
  type LedgerEntry,
  meteringKeys,
  type Notice,
  type Running,
} from "../../metering/records.ts";
import { disbelief } from "../../metering/booking.ts";
import { addTurn, type EndedTurn, newHours } from "../../metering/hours.ts";
import { addEntry, countedOf, isBound, scopesOf, sumOf } from "../../metering/ledger.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import { partsToSettle, type SettledConversation, type TurnParticipant } from "../participants.ts";
import { settleShares, shareKeys } from "../../metering/shares.ts";
import {
  type Alerting,
  crossed,
  doubtAlert,
  raise,
  sessionNotice,
} from "../../metering/spending_alerts.ts";
import type { Closing, Spent } from "./turn_outcome.ts";

export interface Settled {
  /** Spent in this conversation. */
  session: NanoUsd;
  /** Spent by the tool in the day of the turn. */
  toolToday: NanoUsd;
  /** The reply's number, if there is one. */
  reply: number | null;
  /** What is told to the person beside what was told when the turn began. */
  notices: readonly Notice[];
  alerts: readonly Alert[];
}

/** Bytes of a day's hours; turns of one group share those of the organisation. */
const HOURS_WEIGHT = 4_000;

/**
 * Ends a turn: reply, ledger entry, day sums and the release of its hold in one
 * commit. A turn ends once: null when it had ended before.
 */
export function settle(
  transactions: Transactions,
  process: string,
  running: Running,
  closing: Closing,
  { sessionAt, shares }: Alerting,
  participants: readonly TurnParticipant[] = [],
): Promise<Settled | null> {
  const runningKey = meteringKeys.running(process, running.turn);
  const headKey = chatKeys.head(running.visitor, running.tool);
  const { day } = running.hold;
  const dayKeys = scopesOf(running).map(([scope, name]) => ({
    scope,
    name,
    key: meteringKeys.day(day, scope, name),
  }));
  const hours = {
    tool: meteringKeys.hours(day, "tool", running.tool),
    organisation: meteringKeys.hours(day, "organisation", ALL),
  };
  const doubted = doubtAlert(closing.at, {
    provider: closing.provider,
    model: running.model,
    doubt: closing.spent?.doubt ?? null,
  });
  const parts = partsToSettle(participants, running, closing);
  const reads = [
    runningKey,
    headKey,
    hours.tool,
    hours.organisation,
    ...dayKeys.map((d) => d.key),
    ...shareKeys(running.shares?.of ?? []),
    ...parts.flatMap((part) => part.reads),
  ];

  const work = (tx: Tx): Settled | null => {
    const open = tx.get(runningKey);
    if (open === null) return null;
    tx.delete(runningKey);
    if (closing.progressKept) tx.delete(chatKeys.progress(running.turn));

    const entry = closing.spent && entryOf(running, closing, closing.spent);
    if (entry) tx.set(meteringKeys.ledger(day, running.turn), entry);
    let toolToday = 0n;
    const alerts: Alert[] = [...doubted];
    for (const { scope, name, key } of dayKeys) {
      const before = sumOf(tx, scope, key);
      if (before === null) continue;
      const holds = !running.apart && isBound(scope);
      const released = holds ? freed(before, open.hold.amount) : before;
      const after = entry ? addEntry(released, entry) : released;
      if (after !== before) tx.set(key, after);
      if (scope === "tool") toolToday = countedOf(after);
      if (isBound(scope)) {
        const kept = tx.get(hours[scope]) ?? newHours(before);
        tx.set(hours[scope], addTurn(kept, endedTurn(running, closing, entry)));
        alerts.push(
          ...crossed(scope, name, running.ceilings[scope], before, after, {
            at: closing.at,
            shares,
          }),
        );
      }
    }
    const head = tx.get(headKey);
    const usd = entry?.usd ?? 0n;
    const runParts = (conversation: SettledConversation) => {
      const extra = parts.reduce((sum, part) => sum + part.run(tx, conversation), 0n);
      settleShares(tx, running, usd + extra);
    };
    if (head?.conversation !== running.conversation || head.running?.turn !== running.turn) {
      raise(tx, day, alerts);
      runParts({ kept: false, messages: 0, session: usd });
      return { session: usd, toolToday, reply: null, notices: [], alerts };
    }
    const session = head.spent + usd;
    const notices: Notice[] = [];
    if (sessionAt > 0n && head.spent < sessionAt && session >= sessionAt) {
      notices.push(sessionNotice(session));
      alerts.push({
        at: closing.at,
        scope: "session",
        name: running.tool,
        percent: 100,
        spent: session,
        ceiling: sessionAt,
      });
    }
    raise(tx, day, alerts, running.conversation);
    const reply = closeConversation(tx, running, closing, head, usd, notices);
    runParts({ kept: true, messages: (reply ?? running.question) + 1, session });
    return { session, toolToday, reply, notices, alerts };
  };
  const weight = parts.reduce(
    (sum, part) => sum + (part.weight ?? 0),
    4_000 + HOURS_WEIGHT + 2 * closing.text.length,
  );
  return transactions.run(reads, work, weight, "patient");
}

/** Writes the reply and the head as they are after the turn. Returns the reply's number. */
function closeConversation(
  tx: Tx,
  running: Running,
  closing: Closing,
  head: Head,
  usd: NanoUsd,
  notices: readonly Notice[],
): number | null {
  const number = running.question + 1;
  const replied = closing.text !== "";
  if (replied) {
    tx.set(chatKeys.message(running.conversation, number), replyOf(running, closing));
  }
  tx.set(chatKeys.head(running.visitor, running.tool), {
    ...head,
    next: replied ? number + 1 : number,
    spent: head.spent + usd,
    running: null,
    last: {
      turn: running.turn,
      request: running.request,
      question: running.question,
      replied,
      failure: closing.failure,
      notices: [...running.notices, ...notices],
    },
    updatedAt: closing.at,
  });
  return replied ? number : null;
}

/** The message that holds a turn's reply. */
export function replyOf(running: Running, closing: Closing): Message {
  return {
    id: `${running.turn}a`,
    turn: running.turn,
    role: "assistant",
    text: closing.text,
    at: closing.at,
    channel: running.channel,
    reply: {
      model: running.model,
      cost: {
        usd: closing.spent?.usd ?? 0n,
        basis: closing.spent?.basis ?? "reported",
        simulated: closing.simulated,
      },
      reason: closing.reason,
      estimate: running.estimate,
      variant: running.variant,
      version: running.version,
    },
    reviewable: running.reviewable,
  };
}

function entryOf(
  running: Running,
  closing: Closing,
  { doubt, ...spent }: Spent,
): LedgerEntry {
  return {
    turn: running.turn,
    at: closing.at,
    day: running.hold.day,
    tool: running.tool,
    model: running.model,
    provider: closing.provider,
    channel: running.channel,
    variant: running.variant,
    audioSeconds: 0,
    images: running.images ?? 0,
    simulated: closing.simulated,
    ...(running.apart ? { apart: true } : {}),
    ...spent,
    ...disbelief(doubt),
  };
}

function endedTurn(running: Running, closing: Closing, entry: LedgerEntry | null): EndedTurn {
  const { hour, waitedMs, failure } = closing;
  const { model, channel } = running;
  return { hour, model, channel, failed: failure !== null, waitedMs, entry };
}

function freed(total: DayTotal, amount: NanoUsd): DayTotal {
  return { ...total, held: total.held - amount, holds: total.holds - 1 };
}
