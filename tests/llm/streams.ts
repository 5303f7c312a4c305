import fc from "fast-check";
import { utf8Length } from "@/lib/llm/tokens.ts";

/** One event of a generated stream, with its effect on the reply. */
export interface StreamEvent {
  /** Name of its kind, for failure messages. */
  kind: string;
  /** The event as sent. */
  sent: string;
  /** Content as written, marks of thinking included. */
  content?: string;
  /** UTF-8 bytes of thinking in separate fields. */
  thinking?: number;
  /** The reported usage, as sent. */
  usage?: unknown;
  /** Whether the reply ends with it. */
  last?: boolean;
}

const line = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const ABOUT = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "m" };
const choice = (delta: unknown, finish: unknown = null, more = {}) =>
  line({ ...ABOUT, choices: [{ index: 0, delta, finish_reason: finish, ...more }] });

const pieces = fc.oneof(
  { weight: 5, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }) },
  { weight: 3, arbitrary: fc.constantFrom(" the", "a", " ", "\n", "\n\n", "語", "ไทย", "👩‍👩‍👧‍👦", "é") },
  fc.constantFrom('"', "\\", '"content":"', "\uFEFF", "\ud83d", "\ude00", "\ud83dx", "", "\u2028"),
);
const marks = fc.constantFrom(
  ..."<think> <THINK> </think> <thinking> </thinking> <thi nk> < /think > [THINK] [/THINK]".split(
    " ",
  ),
  ..."<|channel|>analysis<|message|> <|channel|>final<|message|> ◁think▷ ◁/think▷".split(" "),
);
const reasons = fc.constantFrom(
  ...["stop", "STOP", "length", "MAX_TOKENS", "model_length", "content_filter", "SAFETY"],
  ...["error", "abort", "", "null", "unknown", "tool_calls", 7, null, {}],
);
const counts = fc.oneof(
  fc.nat(2_000),
  fc.constantFrom<unknown>(-1, 1.5, 1e12, 1e300, null, "7", undefined, 0),
);

const content = (make: (text: string) => unknown, kind: string) =>
  fc.oneof({ weight: 9, arbitrary: pieces }, marks).map((text): StreamEvent => ({
    kind,
    sent: choice(make(text)),
    content: text,
  }));

const contents = [
  { weight: 12, arbitrary: content((text) => ({ content: text }), "text") },
  { weight: 2, arbitrary: content((text) => ({ role: "assistant", content: text }), "role") },
  { arbitrary: content((text) => ({ content: [{ type: "text", text }] }), "text part"), weight: 1 },
  { arbitrary: content((text) => ({ refusal: text }), "refusal"), weight: 1 },
  {
    arbitrary: content((text) => ({ content: text, obfuscation: "abcXYZ" }), "obfuscated"),
    weight: 1,
  },
];

/** Marks all generated thinking, so that a leak can be found in shown text. */
export const THOUGHT = "unspoken";

const thinkings = pieces.map((text) => THOUGHT + text).chain((text) =>
  fc.constantFrom<Omit<StreamEvent, "thinking">>(
    { kind: "reasoning_content", sent: choice({ reasoning_content: text }) },
    { kind: "reasoning", sent: choice({ content: "", reasoning: text, reasoning_content: text }) },
    {
      kind: "thinking part",
      sent: choice({ content: [{ type: "thinking", thinking: [{ type: "text", text }] }] }),
    },
  ).map((event): StreamEvent => ({ ...event, thinking: utf8Length(text) }))
);

const usages = fc.record({ prompt: counts, completion: counts, total: counts, reasoning: counts })
  .chain(({ prompt, completion, total, reasoning }) => {
    const usage = {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: total,
      completion_tokens_details: { reasoning_tokens: reasoning },
    };
    return fc.constantFrom(
      line({ ...ABOUT, choices: [], usage }),
      line({ usage }),
      choice({}, null, { usage }),
    ).map((sent): StreamEvent => ({ kind: "usage", sent, usage }));
  });

const finishes = fc.record({ reason: reasons, text: pieces, alone: fc.boolean() }).map(
  ({ reason, text, alone }): StreamEvent => ({
    kind: `finish ${String(reason)}`,
    sent: choice(alone ? {} : { content: text }, reason),
    content: alone ? "" : text,
  }),
);

const noise = fc.constantFrom(
  ": keep-alive\n\n",
  ":\n",
  "\n",
  "data: \n\n",
  "data\n\n",
  "event: ping\ndata: {}\n\n",
  "event: ping\ndata: still here\n\n",
  "event: x\nid: 7\nretry: 3\n\n",
  "nothing: known\n\n",
  line({ sources: [{ name: "x" }] }),
  line({ type: "ping" }),
  line([]),
  line(null),
  line(7),
  line("text"),
  line({ choices: [] }),
  line({ choices: null }),
  line({ choices: [null] }),
  line({ choices: [{ delta: 7 }] }),
  line({ choices: [{ delta: { content: null, tool_calls: [{ index: 0 }] } }] }),
  choice({ role: "assistant", content: "" }),
  choice({}),
).map((sent): StreamEvent => ({ kind: "noise", sent }));

const ends = fc.constantFrom(
  { kind: "done", sent: "data: [DONE]\n\n", last: true },
  { kind: "done without a space", sent: "data:[DONE]\n\n", last: true },
  { kind: "no JSON", sent: "data: {\n\n", last: true },
  { kind: "a page", sent: "data: <html>\n\n", last: true },
  { kind: "error", sent: line({ error: { message: "m", code: "server_error" } }), last: true },
  { kind: "error as text", sent: line({ error: "overloaded" }), last: true },
  { kind: "error event", sent: 'event: error\ndata: {"message":"m"}\n\n', last: true },
  { kind: "error event in words", sent: "event: error\ndata: it failed\n\n", last: true },
  {
    kind: "error in a choice",
    sent: choice({}, "error", { error: { code: 502 } }),
    last: true,
  },
);

const TOLD = { prompt_tokens: 3, completion_tokens: 2 };

/** Deltas that differ in their text only, in fields with different meanings. */
const alike = fc.tuple(
  fc.constantFrom<(text: string) => Omit<StreamEvent, "kind">>(
    (text) => ({ sent: choice({ content: text }, "stop"), content: text }),
    (text) => ({ sent: choice({ content: text }, "error"), content: text }),
    (text) => ({ sent: choice({ content: text, refusal: "é" }), content: `${text}é` }),
    (text) => ({
      sent: choice({ reasoning_content: "é", content: text }),
      content: text,
      thinking: 2,
    }),
    (text) => ({
      sent: choice({ content: text }, null, { usage: TOLD }),
      content: text,
      usage: TOLD,
    }),
    (text) => ({ sent: choice({ reasoning_content: text }), thinking: utf8Length(text) }),
  ),
  fc.array(pieces, { minLength: 2, maxLength: 5 }),
).map(([make, texts]) => texts.map((text): StreamEvent => ({ kind: "alike", ...make(text) })));

export const streamEvent: fc.Arbitrary<StreamEvent> = fc.oneof(
  ...contents,
  { weight: 3, arbitrary: thinkings },
  { weight: 2, arbitrary: usages },
  { weight: 2, arbitrary: finishes },
  { weight: 4, arbitrary: noise },
  { weight: 1, arbitrary: ends },
);

/** A stream of any events in any order, sometimes with other line endings. */
export const streamEvents: fc.Arbitrary<StreamEvent[]> = fc.tuple(
  fc.array(
    fc.oneof(
      { weight: 12, arbitrary: streamEvent.map((event) => [event]) },
      { weight: 1, arbitrary: alike },
    ),
    { maxLength: 24 },
  ).map((events) => events.flat()),
  fc.constantFrom("\n", "\n", "\n", "\r\n", "\r"),
).map(([events, lineEnd]) =>
  events.map((event) => ({ ...event, sent: event.sent.replaceAll("\n", lineEnd) }))
);

export const bodyOf = (events: readonly StreamEvent[]) => events.map(({ sent }) => sent).join("");

/** UTF-8 bytes of a stream's reply, shown or hidden. */
export function bytesOf(events: readonly StreamEvent[]): number {
  let written = "";
  let thinking = 0;
  for (const event of events) {
    written += event.content ?? "";
    thinking += event.thinking ?? 0;
    if (event.last) break;
  }
  return utf8Length(written.toWellFormed()) + thinking;
}

/** The events that are complete within the first `length` bytes of a stream. */
export function eventsWithin(events: readonly StreamEvent[], length: number): StreamEvent[] {
  const within: StreamEvent[] = [];
  let end = 0;
  for (const event of events) {
    end += utf8Length(event.sent);
    if (end > length) break;
    within.push(event);
  }
  return within;
}
