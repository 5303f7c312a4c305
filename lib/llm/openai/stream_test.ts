import { deepStrictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { SseDecoder } from "../../shared/sse.ts";
import { OpenAiChunks } from "./chunks.ts";
import { ReplyStream } from "../reply_stream.ts";
import { ProviderError } from "../provider.ts";

const encoder = new TextEncoder();

/** Reads a reply from pieces of a response. */
function read(...pieces: (string | Uint8Array)[]) {
  const stream = new ReplyStream(new OpenAiChunks());
  let text = "";
  for (const piece of pieces) {
    text += stream.push(typeof piece === "string" ? encoder.encode(piece) : piece);
  }
  text += stream.end(true);
  return { text, ...ended(stream) };
}

/** The same, from the whole text at once. */
function plainly(stream: string) {
  const chunks = new OpenAiChunks();
  let text = "";
  for (const { event, data } of new SseDecoder().push(`${stream}\n\n`)) {
    if (chunks.done || chunks.failure) break;
    text += chunks.read(data, event);
  }
  text += chunks.rest();
  return { text, ...ended(chunks) };
}

function ended(reply: OpenAiChunks | ReplyStream) {
  const { done, failure, thinking, complete } = reply;
  const ending = reply.ending(true, () => new ProviderError("broken", "cut"));
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

Deno.test("ReplyStream reads text and refusals, and nothing after the end mark", () => {
  const stream = said("Hel") + said("lo") + said(',\n"') + said("ไทย") + said("") +
    event(chunk({ refusal: "no" })) + said("!") + event("[DONE]") + said("late");
  const { text, done } = read(stream);
  equal([text, done], ['Hello,\n"ไทยno!', true]);
});

Deno.test("ReplyStream takes no other member for the text", () => {
  const padded = ["a", "bc"].map((text) => said(text, { obfuscation: "x".repeat(9) }));
  equal(read(...padded).text, "abc");
  equal(read(said("a", { note: { content: "same" } })).text, "a");
});

Deno.test("ReplyStream gives the text received before an error", () => {
  const { text, failed } = read(said("a") + said("b") + event('{"error":{"code":"x"}}'));
  equal([text, failed], ["ab", true]);
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

Deno.test("ReplyStream reads what decoding and parsing each event would, however it is split", () => {
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
        equal(read(...pieces), plainly(stream.join("")));
      },
    ),
    { numRuns: 2_000 },
  );
});
