import { texts } from "../../locales/whatsapp/texts.ts";
import { windowOpen } from "../rules/window.ts";
import type { Running } from "../../metering/records.ts";
import type { Key } from "../../store/key.ts";
import { type Phone, phoneKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import { formatForWhatsApp } from "../format/format.ts";
import { splitMessage } from "../format/split.ts";
import { interrupted } from "../../chat/failures.ts";
import type { Closing } from "../../chat/turn/settle_turn.ts";
import { readsToPay, spentToday } from "./channel_cost.ts";
import { append, markWork, type Outgoing } from "./outgoing.ts";

/** How often a question is begun that is cut off before anything was said. */
export const MOST_TRIES = 3;
/** A reply as messages. Done before the transaction that sends them off, which may run again. */
export function chunksOf({ deliver }: Running, closing: Closing): string[] {
  if (!deliver || closing.text === "") return [];
  return splitMessage(formatted(closing.text)).slice(0, deliver.chunks);
}

/** A text that cannot be formatted goes out as it is: it is paid for, and its turn must end. */
function formatted(text: string): string {
  try {
    return formatForWhatsApp(text);
  } catch {
    return text;
  }
}

/** What delivering a turn's reply reads; nothing where it goes nowhere. */
export function readsToDeliver({ deliver, hold, tool }: Running): Key<unknown>[] {
  if (!deliver) return [];
  const { number } = deliver;
  return [phoneKeys.phone(number), phoneKeys.work(number), ...readsToPay({ day: hold.day, tool })];
}

/**
 * Sends a reply on its way to WhatsApp in the commit that settles its turn: what
 * was answered leaves the inbox, the reply's messages come behind those that
 * wait, and are paid for. A turn that was cut off before it said anything
 * leaves everything as it was, to be begun again, unless that was tried enough.
 * `kept` says whether the conversation is still there.
 * @returns how many messages are on their way
 */
export function deliverReply(
  tx: Tx,
  running: Running,
  closing: Closing,
  chunks: readonly string[],
  kept: boolean,
  shares: readonly number[],
): number {
  const { deliver, turn, hold } = running;
  if (!deliver) return 0;
  const { number, way, from, upTo, unit, simulated } = deliver;
  const before = tx.get(phoneKeys.phone(number));
  if (before === null) return 0;
  let phone = spentToday(before, hold.day, closing.spent?.usd ?? 0n);
  if (way === "answer") {
    const cutOff = closing.reason === "interrupted" && closing.text === "";
    if (cutOff && isRestart(closing) && phone.tries + 1 < MOST_TRIES && phone.answered === from) {
      tx.set(phoneKeys.phone(number), { ...phone, tries: phone.tries + 1 });
      return 0;
    }
    for (let order = from; order < upTo; order++) tx.delete(phoneKeys.inbox(number, order));
    phone = { ...phone, answered: Math.max(phone.answered, upTo), tries: 0 };
  }
  const messages = kept && mayGo(phone, running, closing.at)
    ? saying(phone, running, closing, chunks)
    : [];
  if (messages.length > 0) {
    const cost = {
      at: closing.at,
      day: hold.day,
      hour: closing.hour,
      tool: running.tool,
      unit,
      simulated,
      apart: simulated,
      ceilings: running.ceilings,
      shares,
    };
    phone = append(tx, number, phone, messages, { cost, cause: turn, turn });
    markWork(tx, number);
  }
  tx.set(phoneKeys.phone(number), phone);
  return messages.length;
}

/** Whether it was this program that was cut off, and not the model that failed. */
function isRestart({ failure }: Closing): boolean {
  return failure === null || failure.problem === interrupted().problem;
}

function mayGo(phone: Phone, { deliver, visitor }: Running, now: number): boolean {
  if (!deliver || phone.optedOut || phone.blocked) return false;
  if (deliver.way === "answer") return true;
  const { linked, lastInboundAt, windowShut } = phone;
  if (linked?.visitor !== visitor || linked.mirror === "off") return false;
  return deliver.template || (windowOpen(lastInboundAt, now) && !windowShut);
}

function saying(
  phone: Phone,
  { deliver }: Running,
  { reason, failure }: Closing,
  chunks: readonly string[],
): Outgoing[] {
  const said = texts(phone.language);
  const kind = deliver?.way === "mirror" ? "mirror" : "reply";
  if (chunks.length === 0) {
    // What failed on the web is told there.
    const tells = kind === "reply" && reason !== "stopped";
    return tells ? [{ kind, body: said.failed(failure?.retryable ?? true) }] : [];
  }
  const messages = chunks.map((body): Outgoing => ({ kind, body }));
  if (kind === "mirror" && phone.linked?.mirror === "both") {
    messages.unshift({ kind, body: said.fromWeb(deliver?.question ?? "") });
  }
  const last = messages.at(-1);
  if (last && (failure !== null || reason === "interrupted")) {
    last.body = `${last.body}\n\n${said.interrupted}`;
  }
  return messages;
}
