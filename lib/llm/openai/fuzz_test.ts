import { deepStrictEqual as equal, ok } from "node:assert/strict";
import fc from "fast-check";
import {
  bodyOf,
  bytesOf,
  eventsWithin,
  type StreamEvent,
  streamEvents,
} from "@/tests/llm/streams.ts";
import { type Answered, startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";
import { openAi } from "./openai.ts";
import { OpenAiChunks } from "./chunks.ts";
import { ReplyStream } from "../reply_stream.ts";
import { type Part, ProviderError } from "../provider.ts";
import { utf8Length } from "../tokens.ts";

const encoder = new TextEncoder();

type Outcome = ReturnType<typeof read>;

/** Reads a stream that arrives in these pieces and ends. */
function read(pieces: readonly Uint8Array[]) {
  const stream = new ReplyStream(new OpenAiChunks());
  let text = "";
  for (const piece of pieces) text += stream.push(piece);
  text += stream.end(true);
  const ending = stream.ending(true, () => new ProviderError("broken", "cut"));
  const { thinking } = stream;
  return { text, bytes: utf8Length(text) + thinking, thinking, ending };
}

/** Asserts that the events hold the reply as sent, with one end. */
function check(events: StreamEvent[], length: number, { text, bytes, ending }: Outcome) {
  const within = eventsWithin(events, length);
  const next = events.slice(0, within.length + 1);
  ok(bytes >= bytesOf(within), `${bytes} bytes of ${bytesOf(within)}`);
  ok(bytes <= bytesOf(next), `${bytes} bytes of ${bytesOf(next)}`);
  ok(text.isWellFormed());
  if (ending instanceof ProviderError) return;
  equal(ending.filter(({ type }) => type === "end").length, 1);
  equal(ending.at(-1)?.type, "end");
}

Deno.test("ReplyStream loses nothing and has one end for streams cut at any byte", () => {
  fc.assert(
    fc.property(streamEvents, (events) => {
      const bytes = encoder.encode(bodyOf(events));
      for (let length = 0; length <= bytes.length; length++) {
        check(events, length, read([bytes.subarray(0, length)]));
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("ReplyStream reads the same from any split into pieces", () => {
  fc.assert(
    fc.property(streamEvents, fc.array(fc.nat(300), { maxLength: 20 }), (events, sizes) => {
      const bytes = encoder.encode(bodyOf(events));
      const pieces: Uint8Array[] = [];
      let from = 0;
      for (const size of [...sizes, bytes.length]) {
        pieces.push(bytes.subarray(from, from + size));
        from += size;
      }
      const whole = read([bytes]);
      check(events, bytes.length, whole);
      equal(comparable(read(pieces)), comparable(whole));
      const single = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
      equal(comparable(read(single)), comparable(whole));
    }),
    { numRuns: 400 },
  );
});

function comparable({ ending, ...rest }: Outcome) {
  return { ...rest, ending: ending instanceof ProviderError ? ending.fault : ending };
}

const framings = fc.record({
  framing: fc.constantFrom<Answered["framing"]>("chunked", "length", "close"),
  cut: fc.boolean(),
  type: fc.constantFrom(
    "text/event-stream",
    "text/event-stream; charset=utf-8",
    "text/plain",
    null,
  ),
  pieces: fc.array(fc.nat(200), { maxLength: 6 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

Deno.test("openAi() ends any stream in one end or one failure, with all that was received", async () => {
  await import("openai");
  let answered: Answered = { body: "" };
  await using server = startOpenAiBodies(() => answered);
  const limits = { firstMs: 3_000, idleMs: 3_000, totalMs: 4_000 };
  const provider = openAi({ apiKey: "sk-test", baseUrl: server.url, limits });
  await fc.assert(
    fc.asyncProperty(streamEvents, framings, async (events, how) => {
      const whole = encoder.encode(bodyOf(events));
      const body = how.cut ? whole.subarray(0, Math.floor(how.share * whole.length)) : whole;
      answered = { ...how, body };
      const { parts, text, error } = await ask(provider);
      const thinking = parts.reduce(
        (sum, part) => sum + (part.type === "thinking" ? part.bytes : 0),
        0,
      );
      equal((error ? 1 : 0) + parts.filter(({ type }) => type === "end").length, 1);
      ok(error === null || error instanceof ProviderError, String(error));
      ok(error?.fault !== "timeout", "It hung");
      ok(parts.filter(({ type }) => type === "usage").length <= 1);
      const strange = error?.message.includes("not an event stream");
      if (strange) return;
      const bytes = utf8Length(text) + thinking;
      const within = eventsWithin(events, body.length);
      ok(bytes >= bytesOf(within), `${bytes} bytes of ${bytesOf(within)}`);
      ok(bytes <= bytesOf(events.slice(0, within.length + 1)));
    }),
    { numRuns: 150 },
  );
});

async function ask(provider: ReturnType<typeof openAi>) {
  const request = { model: "m", messages: [], temperature: 1, effort: null, maxTokens: 9 };
  const parts: Part[] = [];
  let text = "";
  try {
    const { signal } = new AbortController();
    for await (const part of provider.stream(request, signal)) {
      if (part.type === "text") text += part.text;
      else parts.push(part);
    }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { parts, text, error };
  }
  return { parts, text, error: null };
}
