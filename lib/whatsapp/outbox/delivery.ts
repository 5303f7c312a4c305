import { texts } from "../../locales/whatsapp/texts.ts";
import { windowOpen } from "../rules/window.ts";
import type { Running } from "../../metering/call_records.ts";
import { type Phone, phoneKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import { formatForWhatsApp } from "../format/format.ts";
import { splitMessage } from "../format/split.ts";
import { interrupted } from "../../chat/failures.ts";
import type { SettlePart } from "../../chat/participants.ts";
import type { TurnOutcome } from "../../chat/turn/turn_outcome.ts";
import { isApart } from "../../metering/budgets.ts";
import { costOfAttempts } from "../../metering/calls/call_steps.ts";
import { addSpending, readsToPay } from "./channel_cost.ts";
import { type Delivery, deliveryOf } from "./destination.ts";
import { append, markWork, type Outgoing } from "./outgoing.ts";
import type { FittingSpeech } from "../../markdown/spoken.ts";
import { queueSpeech, speechOf } from "../speech/queue.ts";

/** Attempts to answer a question whose turns are interrupted before the first token. */
export const MAX_TRIES = 3;
/** Bytes of a message with its ledger entry. */
const CHUNK_WEIGHT = 4_500;

interface Delivering {
  running: Running;
  delivery: Delivery;
  outcome: TurnOutcome;
  /** The reply as messages. */
  chunks: readonly string[];
  /** What a voice note says of it; null for none. */
  speech: FittingSpeech | null;
  /** Percentages of a ceiling that raise alerts. */
  shares: readonly number[];
}

/** Part of a turn's settlement that delivers its reply to a phone; null without one. */
export function deliveryPart(
  running: Running,
  outcome: TurnOutcome,
  { shares, speaks }: { shares: readonly number[]; speaks: boolean },
): SettlePart | null {
  const delivery = deliveryOf(running);
  if (delivery === null) return null;
  // Outside the transaction, which may be retried.
  const chunks = chunksOf(delivery, outcome);
  const speech = speaks && delivery.way === "answer" ? speechOf(outcome) : null;
  const { number } = delivery;
  const { hold: { day }, tool, budgets } = running;
  return {
    reads: [phoneKeys.phone(number), phoneKeys.work(number), ...readsToPay({ day, tool, budgets })],
    weight: (chunks.length + 1) * CHUNK_WEIGHT,
    run: (tx, { kept }) => {
      const usd = deliverReply(tx, { running, delivery, outcome, chunks, speech, shares }, kept);
      return isApart(budgets) ? 0n : usd;
    },
  };
}

function chunksOf(delivery: Delivery, { text }: TurnOutcome): string[] {
  return text === "" ? [] : splitMessage(formatted(text)).slice(0, delivery.chunks);
}

/** Falls back to the plain text, since the turn must end. */
function formatted(text: string): string {
  try {
    return formatForWhatsApp(text);
  } catch {
    return text;
  }
}

/**
 * Delivers a reply in the commit that settles its turn.
 * Removes answered messages from the inbox, appends the reply to the outbox and books it. After a
 * restart before the first token it only counts the attempt, so that the turn is begun again, up
 * to {@link MAX_TRIES} attempts.
 * @param kept whether the conversation still exists
 * @returns the cost of the messages appended
 */
function deliverReply(tx: Tx, delivering: Delivering, kept: boolean): bigint {
  const { running, delivery, outcome, chunks, speech, shares } = delivering;
  const { turn, hold } = running;
  const { number, way, from, upTo, unit, fee = unit, free, simulated } = delivery;
  const before = tx.get(phoneKeys.phone(number));
  if (before === null) return 0n;
  let phone = addSpending(before, hold.day, costOfAttempts(running, outcome.spent).usd);
  if (way === "answer") {
    const cutOff = outcome.reason === "interrupted" && outcome.text === "";
    if (cutOff && isRestart(outcome) && phone.tries + 1 < MAX_TRIES && phone.answered === from) {
      tx.set(phoneKeys.phone(number), { ...phone, tries: phone.tries + 1 });
      return 0n;
    }
    for (let order = from; order < upTo; order++) tx.delete(phoneKeys.inbox(number, order));
    phone = { ...phone, answered: Math.max(phone.answered, upTo), tries: 0 };
  }
  const messages = kept && mayGo(phone, delivering) ? saying(phone, delivering) : [];
  const spentBefore = phone.spent;
  if (messages.length > 0) {
    const cost = {
      at: outcome.at,
      day: hold.day,
      hour: outcome.hour,
      tool: running.tool,
      unit,
      fee,
      free,
      simulated,
      budgets: simulated ? [] : running.budgets,
      shares,
    };
    phone = append(tx, number, phone, messages, { cost, cause: turn, turn });
    if (speech !== null && chunks.length > 0) {
      const { at } = outcome;
      phone = queueSpeech(tx, phone, { running, speech, at, spoke: delivery.spoke ?? false });
    }
    markWork(tx, number);
  }
  tx.set(phoneKeys.phone(number), phone);
  return phone.spent - spentBefore;
}

/** Whether the process ended, rather than the model failing. */
function isRestart({ failure }: TurnOutcome): boolean {
  return failure === null || failure.code === interrupted().code;
}

function mayGo(phone: Phone, { delivery, running, outcome }: Delivering): boolean {
  if (phone.optedOut || phone.blocked) return false;
  if (delivery.way === "answer") return true;
  const { linked, lastInboundAt, windowShut } = phone;
  if (linked?.visitor !== running.visitor || linked.mirror === "off") return false;
  return delivery.template || (windowOpen(lastInboundAt, outcome.at) && !windowShut);
}

function saying(phone: Phone, { delivery, running, outcome, chunks }: Delivering): Outgoing[] {
  const { reason, failure } = outcome;
  const said = texts(phone.language);
  const kind = delivery.way === "mirror" ? "mirror" : "reply";
  if (chunks.length === 0) {
    // Failures on the web are shown there.
    const tells = kind === "reply" && reason !== "stopped";
    return tells ? [{ kind, body: said.failed(failure?.retryable ?? true) }] : [];
  }
  const messages = chunks.map((body): Outgoing => ({ kind, body }));
  if (kind === "mirror" && phone.linked?.mirror === "both") {
    messages.unshift({ kind, body: said.fromWeb(delivery.question) });
  }
  const last = messages.at(-1);
  const failedOver = running.notices.some((n) => "code" in n && n.code === "failed_over");
  if (last && failedOver) last.body = `${last.body}\n\n${said.otherModel}`;
  if (last && (failure !== null || reason === "interrupted")) {
    last.body = `${last.body}\n\n${said.interrupted}`;
  }
  return messages;
}
