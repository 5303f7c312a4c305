import type { NanoUsd } from "../../shared/money.ts";
import { chatKeys, type Head, type Message, messageKey } from "../records.ts";
import type { Alert } from "../../metering/alert_records.ts";
import type { Notice, Running } from "../../metering/call_records.ts";
import {
  costOfAttempts,
  countFees,
  lastAttempt,
  readsToSettle,
  settleCall,
} from "../../metering/calls/call_steps.ts";
import { countedOf, EMPTY_DAY } from "../../metering/ledger.ts";
import { meteringKeys } from "../../metering/records.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import { partsToSettle, type SettledConversation, type TurnParticipant } from "../participants.ts";
import { type Alerting, raise, sessionNotice } from "../../metering/spending_alerts.ts";
import type { Closing } from "./turn_outcome.ts";

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

/** A turn that ends, and how. */
export interface TurnToSettle {
  /** The process that it belongs to. */
  process: string;
  running: Running;
  closing: Closing;
  participants: readonly TurnParticipant[];
}

/**
 * Ends a turn: reply, ledger entry, day sums and the release of its hold in one
 * commit. A turn ends once: null when it had ended before.
 */
export function settle(
  transactions: Transactions,
  { process, running, closing, participants }: TurnToSettle,
  { sessionAt, shares }: Alerting,
): Promise<Settled | null> {
  const headKey = chatKeys.head(running.visitor, running.tool);
  const { day } = running.hold;
  const toolKey = meteringKeys.day(day, "tool", running.tool);
  const parts = partsToSettle(participants, running, closing);
  const reads = [
    headKey,
    ...readsToSettle(process, running),
    ...parts.flatMap((part) => part.reads),
  ];
  const { at, hour, waitedMs, failure } = closing;
  const settlement = {
    cost: closing.spent,
    at,
    hour,
    shares,
    turn: { failed: failure !== null, waitedMs },
  };

  const work = (tx: Tx): Settled | null => {
    const settled = settleCall(tx, process, running, settlement);
    if (settled === null) return null;
    if (closing.progressKept) tx.delete(chatKeys.progress(running.turn));
    const { usd, alerts } = settled;
    const toolToday = countedOf(tx.get(toolKey) ?? EMPTY_DAY);
    const head = tx.get(headKey);
    const runParts = (conversation: SettledConversation) => {
      countFees(tx, running, parts.reduce((sum, part) => sum + part.run(tx, conversation), 0n));
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
  return transactions.run(reads, work, weight, "background");
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
    tx.set(messageKey(head, number), replyOf(running, closing));
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
  const { model, simulated } = lastAttempt(running);
  return {
    id: `${running.turn}a`,
    turn: running.turn,
    role: "assistant",
    text: closing.text,
    at: closing.at,
    channel: running.channel,
    reply: {
      model,
      cost: { ...costOfAttempts(running, closing.spent), simulated },
      reason: closing.reason,
      estimate: running.estimate,
      variant: running.variant,
      version: running.version,
    },
    reviewable: running.reviewable,
  };
}
