import type { NanoUsd } from "../../shared/money.ts";
import { chatKeys, type ConversationHead, type Message, messageKey } from "../records.ts";
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
import {
  type AlertThresholds,
  recordAlerts,
  sessionNotice,
} from "../../metering/spending_alerts.ts";
import type { TurnOutcome } from "./turn_outcome.ts";

export interface SettledTurn {
  /** Cost of this conversation. */
  session: NanoUsd;
  /** The tool's cost in the day of the turn. */
  toolToday: NanoUsd;
  /** The reply's number, if there is one. */
  reply: number | null;
  /** Notices in addition to those of the turn's beginning. */
  notices: readonly Notice[];
  alerts: readonly Alert[];
}

/** Weight of a day's hours, in bytes; turns of one group share the organisation's. */
const HOURS_WEIGHT = 4_000;

export interface TurnToSettle {
  /** The process that it belongs to. */
  process: string;
  running: Running;
  outcome: TurnOutcome;
  participants: readonly TurnParticipant[];
}

/**
 * Ends a turn in one commit: reply, ledger entry, day sums, release of the hold.
 * A turn ends once: null when it had ended before.
 */
export function settleTurn(
  transactions: Transactions,
  { process, running, outcome, participants }: TurnToSettle,
  { sessionAt, shares }: AlertThresholds,
): Promise<SettledTurn | null> {
  const headKey = chatKeys.head(running.visitor, running.tool);
  const { day } = running.hold;
  const toolKey = meteringKeys.day(day, "tool", running.tool);
  const parts = partsToSettle(participants, running, outcome);
  const reads = [
    headKey,
    ...readsToSettle(process, running),
    ...parts.flatMap((part) => part.reads),
  ];
  const { at, hour, waitedMs, failure } = outcome;
  const settlement = {
    cost: outcome.spent,
    at,
    hour,
    shares,
    turn: { failed: failure !== null, waitedMs },
  };

  const work = (tx: Tx): SettledTurn | null => {
    const settled = settleCall(tx, process, running, settlement);
    if (settled === null) return null;
    if (outcome.progressKept) tx.delete(chatKeys.progress(running.turn));
    const { usd, alerts } = settled;
    const toolToday = countedOf(tx.get(toolKey) ?? EMPTY_DAY);
    const head = tx.get(headKey);
    const runParts = (conversation: SettledConversation) => {
      countFees(tx, running, parts.reduce((sum, part) => sum + part.run(tx, conversation), 0n));
    };
    if (head?.conversation !== running.conversation || head.running?.turn !== running.turn) {
      recordAlerts(tx, day, alerts);
      runParts({ kept: false, messages: 0, session: usd });
      return { session: usd, toolToday, reply: null, notices: [], alerts };
    }
    const session = head.spent + usd;
    const notices: Notice[] = [];
    if (sessionAt > 0n && head.spent < sessionAt && session >= sessionAt) {
      notices.push(sessionNotice(session));
      alerts.push({
        at: outcome.at,
        scope: "session",
        name: running.tool,
        percent: 100,
        spent: session,
        ceiling: sessionAt,
      });
    }
    recordAlerts(tx, day, alerts, running.conversation);
    const reply = closeConversation(tx, running, outcome, head, usd, notices);
    runParts({ kept: true, messages: (reply ?? running.question) + 1, session });
    return { session, toolToday, reply, notices, alerts };
  };
  const weight = parts.reduce(
    (sum, part) => sum + (part.weight ?? 0),
    4_000 + HOURS_WEIGHT + 2 * outcome.text.length,
  );
  return transactions.run(reads, work, weight, "background");
}

/** Writes the reply and the new head. Returns the reply's number. */
function closeConversation(
  tx: Tx,
  running: Running,
  outcome: TurnOutcome,
  head: ConversationHead,
  usd: NanoUsd,
  notices: readonly Notice[],
): number | null {
  const number = running.question + 1;
  const replied = outcome.text !== "";
  if (replied) {
    tx.set(messageKey(head, number), replyOf(running, outcome));
  }
  const { unseen: _, ...before } = head;
  tx.set(chatKeys.head(running.visitor, running.tool), {
    ...before,
    ...(replied && running.channel === "web" && !outcome.followed ? { unseen: true } : {}),
    next: replied ? number + 1 : number,
    spent: head.spent + usd,
    running: null,
    last: {
      turn: running.turn,
      request: running.request,
      question: running.question,
      replied,
      failure: outcome.failure,
      notices: [...running.notices, ...notices],
    },
    updatedAt: outcome.at,
  });
  return replied ? number : null;
}

export function replyOf(running: Running, outcome: TurnOutcome): Message {
  const { model, provider, simulated } = lastAttempt(running);
  const { insteadOf } = running;
  return {
    id: `${running.turn}a`,
    turn: running.turn,
    role: "assistant",
    text: outcome.text,
    at: outcome.at,
    channel: running.channel,
    reply: {
      model,
      provider,
      ...(insteadOf ? { insteadOf } : {}),
      cost: { ...costOfAttempts(running, outcome.spent), simulated },
      reason: outcome.reason,
      estimate: running.estimate,
      variant: running.variant,
      version: running.version,
    },
    reviewable: running.reviewable,
  };
}
