import { renderMessage } from "../../chat/rules/rendered.ts";
import type { OutboxLine, PersonView, ThreadLine } from "../../shared/views/whatsapp_admin_view.ts";
import type { NumberedMessage } from "../../chat/conversations.ts";
import type { OutboxRow } from "../phones.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { deliveryFaultOf, kindOf, shownBody, stateOf } from "./delivery_lines.ts";
import { visitorOf } from "../people.ts";
import { isTakenOver, type Person, personRow } from "./people_list.ts";
import { SILENCES } from "../../locales/admin/whatsapp.ts";
import { sendBlockReason } from "../inbox/send_block.ts";

/** Conversation messages, and outbox messages, on one page. */
const PAGE_MESSAGES = 30;
const PAGE_SENT = 40;
/** Most characters of an admin's message: one WhatsApp message less its mark. */
const LONGEST_SAID = 1_500;
/** Choices for a takeover's duration, in hours. */
const TAKEOVER_HOURS: readonly number[] = [1, 4, 12, 24];

type Looking = PersonView["looking"];

/**
 * A person with their conversation and outbox.
 * Texts are shown to the admin who has taken over, or, while review is on, for messages sent after
 * the person was told about it.
 */
export async function personView(
  deps: WhatsAppDeps,
  person: Person,
  looking: Looking,
  before: number | null,
): Promise<PersonView> {
  const { number, phone } = person;
  const { store, clock } = deps;
  const now = clock();
  const head = phone.tool === null
    ? null
    : await store.conversations.head(visitorOf(phone), phone.tool);
  const [row, page, outbox] = await Promise.all([
    personRow(deps, person),
    head === null ? null : store.conversations.page(
      head,
      Math.min(before ?? head.next, head.next),
      PAGE_MESSAGES,
    ),
    store.phones.outbox(number, phone.next, PAGE_SENT),
  ]);
  const messages = page?.messages ?? [];
  const open = new Set(
    messages.filter(({ message }) => message.reviewable).map(({ message }) => message.turn),
  );
  const silence = sendBlockReason(phone, now, deps.config.TWILIO_TEMPLATE_SID !== undefined);
  return {
    row,
    today: phone.today.day === deps.calendar.dayOf(now) ? phone.today.usd : 0n,
    fullNumber: null,
    language: new Intl.DisplayNames(["en"], { type: "language" }).of(phone.language) ??
      phone.language,
    looking,
    thread: messages.map((each) => threadLine(each, looking)),
    earlier: page?.before ?? null,
    outbox: outbox.map((each) => outboxLine(each, looking, open)).reverse(),
    silenced: silence && SILENCES[silence],
    longest: LONGEST_SAID,
    hours: TAKEOVER_HOURS,
    mirror: phone.linked?.mirror ?? null,
  };
}

/** The reason an admin may read a person's messages, or `no`. */
export function lookingOf(deps: WhatsAppDeps, { phone }: Person, who: string): Looking {
  if (isTakenOver(phone, deps.clock()) && phone.takeover?.by === who) return "takeover";
  return deps.store.settings.current.review.enabled ? "review" : "no";
}

function threadLine({ number, message }: NumberedMessage, looking: Looking): ThreadLine {
  const { id, role, channel, at, text, reply, reviewable } = message;
  const from = role === "user" ? "person" : reply === null ? "human" : "tool";
  const shown = from === "human" || looking === "takeover" ||
    (looking === "review" && reviewable === true);
  return {
    id,
    seq: number,
    from,
    channel,
    at,
    html: shown ? renderMessage(id, text) : null,
  };
}

function outboxLine(
  { n, message }: OutboxRow,
  looking: Looking,
  open: ReadonlySet<string>,
): OutboxLine {
  const { kind, turn, at, tries } = message;
  const reviewed = looking === "review" && turn !== null && open.has(turn);
  const ours = kind === "human" || kind === "notice" || kind === "goodbye";
  const shown = kind !== "code" && (ours || looking === "takeover" || reviewed);
  return {
    n,
    kind: kindOf(message),
    ...stateOf(message),
    at,
    tries,
    body: shown ? withoutPass(shownBody(message)) : null,
    fault: deliveryFaultOf(message),
    undecided: message.state === "unknown",
  };
}

/** Hides the pass of an address that opens the person's own data. */
function withoutPass(body: string): string {
  return body.replace(/\bpass=[\w-]+/g, "pass=…");
}
