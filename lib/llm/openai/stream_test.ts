import { deepStrictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { SseDecoder } from "../../shared/sse.ts";
import { OpenAiChunks } from "./chunks.ts";
import { OpenAiStream } from "./stream.ts";
import { ProviderError } from "../provider.ts";

const encoder = new TextEncoder();

/** What a reply comes to that arrives in these pieces; an error ends it. */
function read(...pieces: (string | Uint8Array)[]) {
  const stream = new OpenAiStream();
  let text = "";
  const add = (more: string) => text += more;
  for (const piece of pieces) {
    stream.push(typeof piece === "string" ? encoder.encode(piece) : piece.slice(), add);
  }
  stream.end(true, add);
  return { text, events: stream.events, ...ended(stream.chunks) };
}

/** The same, every event decoded and parsed. */
function plainly(stream: string) {
  const chunks = new OpenAiChunks();
  let text = "";
  let events = 0;
  for (const { event, data } of new SseDecoder().push(`${stream}\n\n`)) {
    if (chunks.done || chunks.failure) break;
    events++;
    text += chunks.read(data, event);
  }
  text += chunks.rest();
  return { text, events, ...ended(chunks) };
}

function ended(chunks: OpenAiChunks) {
  const { done, failure, thinking, complete } = chunks;
  const ending = chunks.ending(true, () => new ProviderError("broken", "cut"));
  return { done, failed: failure !== null, thinking, complete, ending: String(ending) };
}

const chunk = (delta: unknown, more: Record<string, unknown> = {}, finish: string | null = null) =>
  JSON.stringify({
    id: "chatcmpl-7",
    object: "chat.completion.chunk",
    model: "gpt-4o-mini",
    system_fingerprint: null,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...more,
  });

const event = (data: string) => `data: ${data}\n\n`;
const said = (text: string, more = {}) => event(chunk({ content: text }, more));

Deno.test("OpenAiStream reads events that look alike, escaped ones and others between", () => {
  const stream = said("Hel") + said("lo") + said(',\n"') + said("ไทย") + said("") +
    event(chunk({ refusal: "no" })) + said("!") + event("[DONE]") + said("late");
  const { text, done, events } = read(stream);
  equal([text, done, events], ['Hello,\n"ไทยno!', true, 8]);
});

Deno.test("OpenAiStream passes over the letters that hide a token's length", () => {
  const stream = ["a", "bc", "def"].map((text) =>
    said(text, { obfuscation: "x".repeat(9) + text })
  );
  equal(read(...stream).text, "abcdef");
  equal(read(stream.join("")).events, 3);
});

Deno.test("OpenAiStream takes no other member for the text", () => {
  const twice = (text: string) => said(text, { note: { content: "same" } });
  equal(read(twice("a") + twice("b")).text, "ab");
  const before = (text: string) =>
    event(`{"note":{"content":"x"},"choices":[{"delta":{"content":"${text}"}}]}`);
  equal(read(before("x") + before("y")).text, "xy");
  const named = (text: string) =>
    event(`{"choices":[{"delta":{"content":"${text}","refusal":"r"}}]}`);
  equal(read(named("a") + named("b")).text, "arbr");
});

Deno.test("OpenAiStream gives what came before an error", () => {
  const { text, failed } = read(said("a") + said("b") + event('{"error":{"code":"x"}}'));
  equal([text, failed], ["ab", true]);
  // A control character, a lone backslash and an open text are no JSON, however alike the rest is.
  for (const broken of ["\u0007", "\\", "\\x", "\t"]) {
    equal(read(said("a") + said("b").replace('"b"', `"${broken}"`)).failed, true, broken);
  }
  equal(read(event("{")).failed, true);
});

const texts = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.constantFrom(
    "a",
    " the",
    '"',
    "\\",
    "\n",
    "é",
    "ไ",
    "👋🏽",
    '"content":"',
    "\uFEFF",
    "",
    "<think>",
    "</",
    "think>",
    "\ud83d",
    "\ude00",
  ),
);
const events = fc.oneof(
  { weight: 6, arbitrary: texts.map((text) => said(text)) },
  { weight: 2, arbitrary: texts.map((text) => said(text, { obfuscation: "abcDEF" })) },
  texts.map((text) => said(text, { usage: null })),
  texts.map((text) => event(chunk({ content: text, refusal: text }))),
  texts.map((text) => said(text).replaceAll("\n", "\r\n")),
  texts.map((text) => `event: x\nid: 7\n${said(text)}`),
  texts.map((text) => event(chunk({ content: text }, {}, "stop"))),
  texts.map((text) => event(chunk({ content: text, reasoning_content: text }))),
  texts.map((text) => event(chunk({ content: [{ type: "text", text }] }))),
  fc.constantFrom(
    "event: ping\ndata: x\n\n",
    "data: \n\n",
    ": comment\n\n",
    "\n",
    event("[DONE]"),
    event("{}"),
    "data: {\n\n",
    "data",
  ),
);

Deno.test("OpenAiStream reads what decoding and parsing each event reads, however it is cut", () => {
  fc.assert(
    fc.property(
      fc.array(events, { maxLength: 12 }),
      fc.array(fc.nat({ max: 400 }), { maxLength: 12 }),
      (stream, cuts) => {
        const bytes = encoder.encode(stream.join(""));
        const pieces: Uint8Array[] = [];
        let from = 0;
        for (const size of [...cuts, bytes.length]) {
          pieces.push(bytes.subarray(from, from + size));
          from += size;
        }
        const { events: _, ...found } = read(...pieces);
        const { events: __, ...expected } = plainly(stream.join(""));
        equal(found, expected);
      },
    ),
    { numRuns: 2_000 },
  );
});
