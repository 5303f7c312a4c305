import { createHash } from "node:crypto";
import { setArchive } from "../chat/history/archive.ts";
import { chatKeys, type ConversationHead, type Message } from "../chat/records.ts";
import { bookCost, readsToBook } from "../metering/booking.ts";
import type { LedgerEntry } from "../metering/records.ts";
import { retentionDays } from "../settings/retention_days.ts";
import { truncateLine } from "../shared/truncate_line.ts";
import type { Tx } from "../store/transactions.ts";
import type { WhatsAppDeps } from "./deps.ts";
import { idOf, newPhone } from "./people.ts";
import { phoneKeys } from "./records.ts";
import type { OriginalSession } from "./rules/original_session.ts";

type Needs = Pick<WhatsAppDeps, "store" | "clock" | "calendar">;

/** What is done, or would be done, with a session. */
export type SessionOutcome =
  /** A person, new or known already, gets their earlier conversation. */
  | { kind: "taken"; isNew: boolean; messages: number }
  /** It was taken over before. */
  | { kind: "again" }
  /** The retention period would delete it at once; its cost is booked. */
  | { kind: "old"; isNew: boolean };

const DAY_MS = 24 * 60 * 60_000;
/** Longest title, in UTF-16 units. */
const TITLE = 60;
/** In place of a model and a provider, of which the original kept none. */
const ORIGINAL = "original";
/** Bytes that a message adds, besides its text. */
const MESSAGE_WEIGHT = 600;
/** Messages of a session that are taken over: the latest. */
const MOST_EXCHANGES = 100;
/** UTF-16 units of texts that one commit takes in any alphabet. */
const MOST_TEXT = 150_000;

/** Takes over a session of the original, once: also a person's later deletion holds. */
export async function takeSession(
  deps: Needs,
  session: OriginalSession,
  dryRun: boolean,
): Promise<SessionOutcome> {
  const { store: { transactions, phones, tools }, clock, calendar } = deps;
  // Digests: a session's id has the person's number.
  const id = createHash("sha256").update(`original session ${session.id}`).digest("hex");
  const known = await tools.list();
  const tool = known.find((each) => each.id === session.tool)?.id ?? null;
  const number = await phones.numberAt(session.number);
  const claimed = phoneKeys.claimed(`original-${id.slice(0, 40)}`);
  const phoneKey = phoneKeys.phone(number);
  const day = calendar.dayOf(session.lastAt);
  const entry: LedgerEntry = {
    turn: `original-${id.slice(0, 24)}`,
    at: session.lastAt,
    day,
    tool: tool ?? ORIGINAL,
    model: ORIGINAL,
    provider: ORIGINAL,
    channel: "whatsapp",
    variant: null,
    input: session.tokens,
    cached: 0,
    output: 0,
    reasoning: 0,
    audioSeconds: 0,
    images: 0,
    usd: session.usd,
    basis: "estimated",
    simulated: false,
  };
  const isOld = session.lastAt < clock() - retentionDays(deps) * DAY_MS;
  const exchanges = latestOf(session);
  const kept = !isOld && tool !== null ? exchanges : [];
  const conversation = `o-${id.slice(0, 32)}`;
  const reads = [claimed, phoneKey, ...readsToBook(entry)];
  const weight = 20_000 +
    kept.reduce(
      (sum, { question, reply }) => sum + 3 * (question.length + reply.length) + 2 * MESSAGE_WEIGHT,
      0,
    );
  return await transactions.run<SessionOutcome>(reads, (tx) => {
    if (tx.get(claimed)) return { kind: "again" };
    const found = tx.get(phoneKey);
    const outcome: SessionOutcome = isOld
      ? { kind: "old", isNew: found === null }
      : { kind: "taken", isNew: found === null, messages: 2 * kept.length };
    if (dryRun) return outcome;
    tx.set(claimed, true);
    const phone = found ??
      {
        ...newPhone(id.slice(0, 12), session.language, session.startedAt),
        tool,
        lastInboundAt: session.lastAt,
        spent: session.usd,
      };
    if (found === null) {
      tx.set(phoneKey, phone);
      tx.set(phoneKeys.person(idOf(phone)), number);
    }
    if (session.usd > 0n) {
      bookCost(tx, entry, {
        hour: calendar.hourOf(session.lastAt),
        ceilings: { day: NONE, month: NONE },
        shares: [],
      });
    }
    if (kept.length > 0 && tool !== null) {
      archive(tx, { visitor: phone.own, tool, conversation, kept, session });
    }
    return outcome;
  }, weight);
}

const NONE = { tool: null, organisation: null };

/** The latest exchanges that one commit takes. */
function latestOf({ exchanges }: OriginalSession): OriginalSession["exchanges"] {
  let length = 0;
  return exchanges.toReversed().slice(0, MOST_EXCHANGES)
    .filter(({ question, reply }) => (length += question.length + reply.length) <= MOST_TEXT)
    .toReversed();
}

interface Kept {
  visitor: string;
  tool: string;
  conversation: string;
  kept: OriginalSession["exchanges"];
  session: OriginalSession;
}

/** Writes the exchanges as an archived conversation of the person. */
function archive(tx: Tx, { visitor, tool, conversation, kept, session }: Kept): void {
  for (const [n, { question, reply, at }] of kept.entries()) {
    const turn = `${conversation}-${n}`;
    const said = { turn, at, channel: "whatsapp" };
    const messages: Message[] = [
      { ...said, id: `${turn}-q`, role: "user", text: question, reply: null },
      {
        ...said,
        id: `${turn}-r`,
        role: "assistant",
        text: reply,
        reply: {
          model: ORIGINAL,
          provider: ORIGINAL,
          cost: { usd: 0n, basis: "estimated", simulated: false },
          reason: "stop",
          estimate: 0n,
        },
      },
    ];
    messages.forEach((message, i) => tx.set(chatKeys.message(conversation, 2 * n + i), message));
  }
  const last = kept.length - 1;
  const head: ConversationHead = {
    conversation,
    next: 2 * kept.length,
    turns: kept.length,
    spent: session.usd,
    running: null,
    last: {
      turn: `${conversation}-${last}`,
      request: `${conversation}-${last}`,
      question: 2 * last,
      replied: true,
      failure: null,
      notices: [],
    },
    updatedAt: session.lastAt,
  };
  setArchive(tx, visitor, tool, { title: truncateLine(kept[0]?.question ?? "", TITLE), head });
}
