import { z } from "zod";
import { FAILURE_CODES } from "../locales/errors/turn_codes.ts";
import { picture, recording } from "../media/records.ts";
import { basis, modelRef, notice } from "../metering/call_records.ts";
import { SETTINGS_LIMITS } from "../settings/rules/settings_limits.ts";
import { family, type Key } from "../store/key.ts";
import { branchAt, ROOT } from "./rules/path.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Upper limit of an idle conversation's retention. */
export const CONVERSATION_DAYS = SETTINGS_LIMITS.retentionDays;

/*
 *   key                                   value                          lives
 *   progress, turn                        text of a reply under way      1 hour
 *   stop, process, turn                   stop request from elsewhere    10 minutes
 *   head, visitor, tool                   the current conversation       as set, idle
 *   archive, visitor, tool, conversation  an archived conversation       as set
 *   archive_index, visitor, time,         what a list shows of it; the   as set
 *     conversation                        time of its last activity
 *   archive_revision, visitor             changes with each change of     90 days
 *                                         the archive
 *   removal, visitor, conversation        a deletion that can be undone  30 seconds
 *   terms, conversation                   its words, for the search      as set
 *   message, conversation, number         one question or reply          as set
 *   branch, conversation, branch, number  the same, begun by an edit     as set
 *                                         or a regeneration
 *   alternative, conversation, fork,      what was shown from a number   as set
 *     number, branch                      on before another was
 *   erasing, conversation                 its unfinished deletion        until it is
 *   asked, visitor, request               turn and tool of a web message 90 days
 *   retention                             state of the retention walk    for ever
 */

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);
const finish = z.enum(["stop", "length", "filter", "stopped", "interrupted"]);

const failureCode = z.enum(FAILURE_CODES);
/** Failure of a turn. Earlier versions stored texts, and the code in a problem's address. */
const failure = z.union([
  z.object({
    code: failureCode,
    retryable: z.boolean(),
    retryAfterSeconds: z.number().nullable(),
  }),
  z.object({
    problem: z.string(),
    retryable: z.boolean(),
    retryAfterSeconds: z.number().nullable(),
  }).transform(({ problem, ...rest }) => ({
    code: failureCode.catch("internal").parse(problem.slice(problem.lastIndexOf("/") + 1)),
    ...rest,
  })),
]);

const cost = z.object({
  usd: amount,
  basis,
  simulated: z.boolean(),
});

/** See rules/path.ts. */
const path = z.array(z.tuple([count, count]).readonly()).readonly();

const last = z.object({
  turn: z.string(),
  request: z.string(),
  question: count,
  replied: z.boolean(),
  failure: failure.nullable(),
  notices: z.array(notice),
}).nullable();

/** The current conversation of a visitor with a tool. */
const head = z.object({
  conversation: z.string(),
  /** Number of the next message. */
  next: count,
  /** Counts turns as they begin; skips a number when another alternative is shown. */
  turns: count,
  spent: amount,
  running: z.object({
    turn: z.string(),
    request: z.string(),
    process: z.string(),
    question: count,
  }).nullable(),
  last,
  updatedAt: z.number(),
  /** Title given by the person; by default the first words. */
  title: z.string().optional(),
  /** Whether the person has rated any reply. */
  rated: z.boolean().optional(),
  /** Whether the latest reply ended while no page showed it. */
  unseen: z.boolean().optional(),
  /** The shown path and the number of branches; absent without alternatives. */
  path: path.optional(),
  branches: count.optional(),
});

/**
 * A hidden alternative: what a conversation showed from some number on. Its key has its
 * first branch and the branch before that.
 */
const alternative = z.object({
  /** When it was last shown. */
  at: z.number(),
  /** Number after its last message. */
  next: count,
  /** The branches after its first. */
  path,
  last,
});

const archived = z.object({ title: z.string(), head });

/** An archived conversation in a list. */
const archiveLine = z.object({ tool: z.string(), title: z.string(), messages: count });

const message = z.object({
  id: z.string(),
  turn: z.string(),
  role: z.enum(["user", "assistant"]),
  text: z.string(),
  pictures: z.array(picture).optional(),
  /** Where the person or the tool keeps them. */
  recordings: z.array(recording).optional(),
  at: z.number(),
  channel: z.string(),
  reply: z.object({
    model: z.string(),
    provider: z.string().optional(),
    /** The tool's own model, where another one answered. */
    insteadOf: modelRef.optional(),
    cost,
    reason: finish,
    estimate: amount,
    variant: z.string().nullable().optional(),
    /** Version of the tool that replied. */
    version: count.optional(),
  }).nullable(),
  /** Whether it was sent under a notice that conversations are reviewed. */
  reviewable: z.boolean().optional(),
});

/** A reply under way: its text so far, and the bytes of its hidden thinking. */
const progress = z.union([
  z.string().transform((text) => ({ text, thinking: 0 })),
  z.object({ text: z.string(), thinking: count }),
]);

/** A web message's turn, with its tool. Earlier versions stored no tool. */
const asked = z.union([
  z.string().transform((turn) => ({ turn, tool: null })),
  z.object({ turn: z.string(), tool: z.string().nullable() }),
]);

/** A conversation under deletion: upper bound of its messages. */
const erasing = z.object({ messages: count });

/** A deletion that can still be undone. */
const removal = z.object({
  tool: z.string(),
  at: z.number(),
  /** Whether it was the current conversation. */
  current: z.boolean(),
});

/** The folded words of a conversation, each after a line break, as of a turn. */
const terms = z.object({ turns: count, next: count, words: z.string() });

/** State of the retention walk. */
const retentionWalk = z.object({
  process: z.string(),
  claimedUntil: z.number(),
  /** Retention in days of the last finished walk, and its time. */
  days: count,
  finishedAt: z.number(),
});

export type ConversationHead = z.output<typeof head>;
export type Archived = z.output<typeof archived>;
export type ArchiveLine = z.output<typeof archiveLine>;
export type Message = z.output<typeof message>;
export type Alternative = z.output<typeof alternative>;
export type Progress = z.output<typeof progress>;
export type Failure = z.output<typeof failure>;
export type Removal = z.output<typeof removal>;
export type Terms = z.output<typeof terms>;
export type Asked = z.output<typeof asked>;
export type RetentionWalk = z.output<typeof retentionWalk>;

export const chatKeys = {
  progress: family<Progress, [turn: string]>("progress", progress, { lifetime: 60 * MINUTE }),
  stop: family<boolean, [process: string, turn: string]>("stop", z.boolean(), {
    lifetime: 10 * MINUTE,
  }),
  head: family<ConversationHead, [visitor: string, tool: string]>("head", head),
  archive: family<Archived, [visitor: string, tool: string, conversation: string]>(
    "archive",
    archived,
  ),
  archiveIndex: family<ArchiveLine, [visitor: string, at: number, conversation: string]>(
    "archive_index",
    archiveLine,
  ),
  archiveRevision: family<string, [visitor: string]>("archive_revision", z.string(), {
    lifetime: CONVERSATION_DAYS * DAY,
  }),
  removal: family<Removal, [visitor: string, conversation: string]>("removal", removal),
  terms: family<Terms, [conversation: string]>("terms", terms),
  message: family<Message, [conversation: string, number: number]>("message", message),
  branch: family<Message, [conversation: string, branch: number, number: number]>(
    "branch",
    message,
  ),
  alternative: family<
    Alternative,
    [conversation: string, fork: number, number: number, branch: number]
  >("alternative", alternative),
  erasing: family<{ messages: number }, [conversation: string]>("erasing", erasing),
  asked: family<Asked, [visitor: string, request: string]>("asked", asked, {
    lifetime: CONVERSATION_DAYS * DAY,
  }),
  retention: family<RetentionWalk, []>("retention", retentionWalk),
} as const;

/** A conversation and the shown path. */
export type Shown = Pick<ConversationHead, "conversation" | "path">;

/** Key of the shown message under a number. */
export function messageKey({ conversation, path = [] }: Shown, number: number): Key<Message> {
  return keyIn(conversation, branchAt(path, number), number);
}

/** Key of the message with a number in one branch. */
export function keyIn(conversation: string, branch: number, number: number): Key<Message> {
  return branch === ROOT
    ? chatKeys.message(conversation, number)
    : chatKeys.branch(conversation, branch, number);
}
