import fc from "fast-check";
import type { Answered } from "@/tests/simulators/openai_bodies.ts";
import { bodyOf, type StreamEvent, streamEvents, THOUGHT } from "./streams.ts";

/** One question, the server's answer, and the person's actions during and after it. */
export interface Trial {
  /** Its name in figures and failures. */
  kind: string;
  /** The events of its answer; null when it is no event stream. */
  events: StreamEvent[] | null;
  answer: Answered & { body: Uint8Array };
  /** Request fields that the server refuses by name. */
  refuses: readonly string[];
  /** Stops the reply partway; the server then sends nothing more. */
  stopped: boolean;
  /** The person's action after an earlier turn. */
  action: "send" | "regenerate" | "continue";
  /** Index of the tool. */
  tool: number;
}

const encoder = new TextEncoder();
const sse = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

/** Differences in delivery between servers that send the same events. */
const manners = fc.record({
  framing: fc.constantFrom<Answered["framing"]>("chunked", "chunked", "length", "close"),
  type: fc.oneof(
    { weight: 6, arbitrary: fc.constant<string | null>("text/event-stream") },
    { weight: 1, arbitrary: fc.constant("text/event-stream; charset=utf-8") },
    { weight: 1, arbitrary: fc.constantFrom("text/plain", null) },
  ),
  status: fc.oneof(
    { weight: 20, arbitrary: fc.constant(200) },
    { weight: 1, arbitrary: fc.constantFrom(201, 202) },
  ),
  pieces: fc.array(fc.nat(200), { maxLength: 4 }),
  end: fc.oneof(
    { weight: 5, arbitrary: fc.constant("whole" as const) },
    { weight: 3, arbitrary: fc.constant("cut" as const) },
    { weight: 2, arbitrary: fc.constant("stopped" as const) },
  ),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** Thinking between marks, in pieces, before other content; not always closed. */
const marked = fc.record({
  marks: fc.constantFrom(
    ["<think>", "</think>"],
    ["<THINKING>", "</thinking>"],
    ["[THINK]", "[/THINK]"],
    ["◁think▷", "◁/think▷"],
    ["<|channel|>analysis<|message|>", "<|channel|>final<|message|>"],
  ),
  before: fc.constantFrom("", " ", "\n"),
  closed: fc.boolean(),
  text: fc.string({ unit: "grapheme", maxLength: 30 }),
  sizes: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }),
}).map(({ marks: [open = "", close = ""], before, closed, text, sizes }): StreamEvent[] => {
  const written = `${before}${open}${THOUGHT} ${text}${closed ? `${close}\n\n` : ""}`;
  const events: StreamEvent[] = [];
  let from = 0;
  for (const size of [...sizes, written.length]) {
    const content = written.slice(from, from + size);
    from += size;
    if (content !== "") events.push(said(content, "marked thinking"));
  }
  return events;
});

function said(content: string, kind: string, more: Record<string, unknown> = {}): StreamEvent {
  return { kind, content, sent: sse({ choices: [{ index: 0, delta: { content }, ...more }] }) };
}

const USAGE = { prompt_tokens: 900, completion_tokens: 700, total_tokens: 1_600 };
const END: StreamEvent[] = [
  { kind: "finish stop", sent: sse({ choices: [{ delta: {}, finish_reason: "stop" }] }) },
  { kind: "usage", sent: sse({ choices: [], usage: USAGE }), usage: USAGE },
  { kind: "done", sent: "data: [DONE]\n\n", last: true },
];

/** Ends of a reply with a possible usage. */
const endings = fc.tuple(fc.integer({ min: 300, max: 9_000 }), fc.integer({ min: 1, max: 9_000 }))
  .map(([prompt_tokens, completion_tokens]): StreamEvent[] => {
    const usage = { prompt_tokens, completion_tokens };
    return [
      ...END.slice(0, 1),
      { kind: "usage", sent: sse({ choices: [], usage }), usage },
      ...END.slice(-1),
    ];
  });

/** Replies that are long or end in notable ways. */
const shapes: fc.Arbitrary<{ kind: string; events: StreamEvent[] }> = fc.constantFrom(
  { kind: "one long delta", events: [said("語".repeat(40_000), "flood"), ...END.slice(0, 1)] },
  {
    kind: "many small deltas",
    events: Array.from({ length: 2_000 }, () => said("語", "flood")).concat(END),
  },
  {
    kind: "long thinking, nothing told",
    events: Array.from({ length: 1_000 }, (): StreamEvent => ({
      kind: "reasoning_content",
      sent: sse({ choices: [{ delta: { reasoning_content: THOUGHT } }] }),
      thinking: THOUGHT.length,
    })),
  },
  {
    kind: "a reason in every chunk, then nothing",
    events: ["Half", " a", " reply"].map((text) => said(text, "fickle", { finish_reason: "stop" })),
  },
  { kind: "ends behind a mark", events: [said("Said.\n\n### ", "heading"), ...END] },
  {
    kind: "keep-alives first",
    events: [
      ...Array.from({ length: 50 }, (): StreamEvent => ({ kind: "noise", sent: ": wait\n\n" })),
      said("Here.", "text"),
      ...END,
    ],
  },
);

const streamed = fc.tuple(
  fc.oneof(
    { weight: 8, arbitrary: streamEvents.map((events) => ({ kind: "any events", events })) },
    {
      weight: 8,
      arbitrary: fc.tuple(streamEvents, endings).map(([events, end]) => ({
        kind: "any events, then an end",
        events: [...events.filter(({ last }) => !last), ...end],
      })),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(marked, streamEvents).map(([first, events]) => ({
        kind: "marked thinking first",
        events: [...first, ...events],
      })),
    },
    { weight: 1, arbitrary: shapes },
  ),
  manners,
).map(([{ kind, events }, { share, end, ...how }]) => {
  const whole = encoder.encode(bodyOf(events));
  const cut = end === "whole" ? whole.length : Math.floor(share * (whole.length + 1));
  const body = whole.subarray(0, cut);
  return { kind, events, answer: { ...how, body, cut: end === "cut" }, stopped: end === "stopped" };
});

const completion = { choices: [{ message: { content: "All at once." }, finish_reason: "stop" }] };
const DOCUMENTS: Record<string, unknown> = {
  "a completion": { ...completion, usage: USAGE },
  "a completion without usage": completion,
  "chunks in a list": [completion, { choices: [], usage: USAGE }],
  "an error in place of a stream": { error: { message: "m", code: "server_error" } },
  "a list of nothing": [],
};

/** Answers that are no event stream, whole or cut. */
const documents = fc.tuple(fc.constantFrom(...Object.entries(DOCUMENTS)), manners).map(
  ([[kind, value], { share, end, ...how }]) => {
    const whole = encoder.encode(JSON.stringify(value));
    const body = end === "cut" ? whole.subarray(0, Math.floor(share * whole.length)) : whole;
    const answer = { ...how, type: "application/json", body, cut: end === "cut" };
    return { kind, events: null, answer, stopped: false };
  },
);

const REFUSALS: [kind: string, status: number, body: unknown][] = [
  ["account empty", 429, { error: { code: "insufficient_quota", message: "m" } }],
  ["too many requests", 429, { error: { code: "rate_limit_exceeded" } }],
  ["filtered", 400, { error: { code: "content_filter" } }],
  ["too long", 400, { error: { code: "context_length_exceeded" } }],
  ["bad request", 400, { error: { message: "no" } }],
  ["bad key", 401, { error: { code: "invalid_api_key" } }],
  ["unknown model", 404, { error: { code: "model_not_found" } }],
  ["too large", 413, "<html>"],
  ["server failed", 500, "<html>"],
  ["unavailable", 503, ""],
];

const refusals = fc.tuple(fc.constantFrom(...REFUSALS), fc.boolean()).map(
  ([[kind, status, body], cut]) => {
    const bytes = encoder.encode(typeof body === "string" ? body : JSON.stringify(body));
    return { kind, events: null, answer: { status, body: bytes, cut, type: null }, stopped: false };
  },
);

const nothing = fc.constant({
  kind: "no answer",
  events: null,
  answer: { nothing: true, body: new Uint8Array() },
  stopped: false,
});

const FIELDS = ["temperature", "stream_options", "max_tokens", "system"];

/** All kinds of trials. */
export const trials: fc.Arbitrary<Trial> = fc.tuple(
  fc.oneof(
    { weight: 30, arbitrary: streamed },
    { weight: 2, arbitrary: documents },
    { weight: 2, arbitrary: refusals },
    { weight: 1, arbitrary: nothing },
  ),
  fc.oneof(
    { weight: 9, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.subarray(FIELDS, { minLength: 1 }) },
  ),
  fc.constantFrom<Trial["action"]>("send", "send", "send", "send", "regenerate", "continue"),
  fc.nat(1_000),
).map(([answered, refuses, action, tool]) => ({ ...answered, refuses, action, tool }));

const FIXTURES = new URL("../fixtures/openai/", import.meta.url);
const FRAMINGS = ["chunked", "length", "close"] as const;

/**
 * Recorded answers of servers, each cut after every byte, in order; a sample spread evenly when
 * there are more than `most`.
 */
export async function cutTrials(most: number): Promise<Trial[]> {
  const all: Trial[] = [];
  for (const { name } of (await Array.fromAsync(Deno.readDir(FIXTURES))).toSorted(byName)) {
    const text = await Deno.readTextFile(new URL(name, FIXTURES));
    const events = eventsOf(text);
    const whole = encoder.encode(bodyOf(events));
    for (let length = 0; length <= whole.length; length++) {
      const framing = FRAMINGS[length % FRAMINGS.length];
      const cut = length < whole.length;
      all.push({
        kind: name,
        events,
        answer: { body: whole.subarray(0, length), framing, cut },
        refuses: [],
        stopped: false,
        action: "send",
        tool: length,
      });
    }
  }
  const step = Math.max(1, all.length / Math.max(1, most));
  return Array.from(
    { length: Math.min(most, all.length) },
    (_, i) => all.slice(Math.floor(i * step), Math.floor(i * step) + 1),
  ).flat();
}

const byName = (a: { name: string }, b: { name: string }) => a.name < b.name ? -1 : 1;

/** Parses a recorded body; only the shapes of these files are supported. */
function eventsOf(text: string): StreamEvent[] {
  return text.split(/(?<=\n\n)/).map((sent): StreamEvent => {
    const data = /^data: ?(.*)$/m.exec(sent)?.[1] ?? "";
    if (data === "[DONE]") return { kind: "done", sent, last: true };
    if (!data.startsWith("{")) return { kind: "noise", sent };
    const { choices, usage } = JSON.parse(data);
    const content = choices?.[0]?.delta?.content ?? "";
    const parts: { type: string; text?: string }[] = typeof content === "string" ? [] : content;
    return {
      kind: "file",
      sent,
      content: typeof content === "string"
        ? content
        : parts.map((part) => part.type === "text" ? part.text ?? "" : "").join(""),
      // "hmm", in the one file that has thinking in parts.
      thinking: parts.some(({ type }) => type === "thinking") ? 3 : 0,
      ...(usage ? { usage } : {}),
    };
  });
}
