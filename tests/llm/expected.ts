import { utf8Length } from "@/lib/llm/tokens.ts";
import { bytesOf, eventsWithin, type StreamEvent } from "./streams.ts";
import type { Trial } from "./trials.ts";

/** The usage that a server reported, as it should be booked. */
export interface Told {
  input: number;
  output: number;
  reasoning: number;
}

/** Bounds on a received answer: without an end, its last event may count or not. */
export interface Came {
  /** The reply's text with hidden parts; when `plain`, all of it is shown. */
  written: string;
  plain: boolean;
  /** UTF-8 bytes of text and thinking. */
  bytes: number;
  told: Told | null;
  /** Whether an end of the reply was received. */
  ends: boolean;
}

/** The least and the most that was received; null for answers without known events. */
export function cameOf({ events, answer }: Trial): [least: Came, most: Came] | null {
  if (events === null) return null;
  const within = eventsWithin(events, answer.body.length);
  return [within, events.slice(0, within.length + 1)].map(came) as [Came, Came];
}

function came(events: readonly StreamEvent[]): Came {
  const last = events.findIndex((event) => event.last);
  const read = last < 0 ? events : events.slice(0, last + 1);
  const written = read.map(({ content = "" }) => content).join("").toWellFormed();
  return {
    written,
    // Without marks of thinking, or anything that may become one.
    plain: !/[<[◁]/.test(written),
    bytes: bytesOf(read),
    told: read.map(({ usage }) => toldIn(usage)).findLast((told) => told !== null) ?? null,
    ends: !isFickle(read) &&
      read.some(({ sent }) => /"finish_reason": ?"[^"]|^data: ?\[DONE\]/m.test(sent)),
  };
}

/** Whether a finish reason was followed by more chunks. */
function isFickle(events: readonly StreamEvent[]): boolean {
  return events.filter(({ kind }) => kind === "fickle").length > 1;
}

/** Some servers leave thinking out of the completion tokens: then the total has it. */
function toldIn(usage: unknown): Told | null {
  if (typeof usage !== "object" || usage === null) return null;
  const told: Record<string, unknown> = { ...usage };
  const input = numberOf(told.prompt_tokens);
  const completion = numberOf(told.completion_tokens);
  if (Number.isNaN(input) && Number.isNaN(completion)) return null;
  const beyond = numberOf(told.total_tokens) - input;
  const details: Record<string, unknown> = { ...Object(told.completion_tokens_details) };
  const { reasoning_tokens: reasoning } = details;
  return {
    input,
    output: Number.isFinite(beyond) && !(completion > beyond) ? beyond : completion,
    reasoning: reasoning === undefined || reasoning === null ? 0 : numberOf(reasoning),
  };
}

const numberOf = (value: unknown) => typeof value === "number" ? value : NaN;

/** Facts about a call that are known without the program. */
export interface Limits {
  /** UTF-16 units that were sent, and the most tokens that they can be. */
  sentLength: number;
  promptTokens: number;
  maxTokens: number;
  /** Context window in tokens; null if unknown. */
  context: number | null;
}

/** The longest context of any model on sale. */
const LONGEST_CONTEXT = 2_000_000;
const LONGEST_REPLY = 262_144;
const ROUNDED = 1.13;
/** Characters of the longest token. */
const LONGEST_TOKEN = 128;

/** Upper bounds of a call's usage, whatever it reports. */
export function mostUsed({ context, promptTokens, maxTokens }: Limits) {
  return {
    input: Math.max(promptTokens, context === null ? LONGEST_CONTEXT : context * ROUNDED),
    output: Math.max(maxTokens, Math.min(context ?? LONGEST_REPLY, LONGEST_REPLY)),
  };
}

/** Whether a reported usage is possible; null where it depends on the exact bytes received. */
export function isPossible(told: Told, bytes: [number, number], limits: Limits): boolean | null {
  const { input, output, reasoning } = told;
  const counts = [input, output, reasoning];
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0)) return false;
  const most = mostUsed(limits);
  if (input > most.input || output > most.output || reasoning > output) return false;
  const least = Math.max(1, Math.ceil(limits.sentLength / LONGEST_TOKEN));
  if (input < least - 1) return false;
  if (output < Math.ceil(bytes[0] / LONGEST_TOKEN)) return false;
  if (input <= least || output < Math.ceil(bytes[1] / LONGEST_TOKEN)) return null;
  return input > most.input * 0.98 ? null : true;
}

/** The limits of a call, from the request sent over the wire. */
export function limitsOf(body: Record<string, unknown>, context: number | null): Limits {
  const contents = messagesOf(body).map(({ content }) => content);
  const sum = (of: (text: string) => number) => contents.reduce((all, text) => all + of(text), 0);
  return {
    sentLength: sum((text) => text.length),
    // A few tokens around each message and before the reply.
    promptTokens: sum(utf8Length) + 8 * (contents.length + 1) + 16,
    maxTokens: Number(body.max_tokens ?? body.max_completion_tokens),
    context,
  };
}

export function messagesOf(body: Record<string, unknown>): { role: string; content: string }[] {
  const { messages } = body;
  if (!Array.isArray(messages)) return [];
  return messages.map(({ role, content }) => ({ role: String(role), content: String(content) }));
}
