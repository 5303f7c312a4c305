import { deepStrictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import {
  block,
  MESSAGE_USAGE,
  messageAnswer,
  messageDelta,
  messageEnd,
  messageEvent,
  type MessageMode,
  messageStart,
  PING,
  textBlock,
  thinkingBlock,
} from "../../../tests/simulators/anthropic_messages.ts";
import { ProviderError } from "../provider.ts";
import { ReplyStream } from "../reply_stream.ts";
import { AnthropicEvents } from "./events.ts";

/** Reads a reply from pieces of a response. */
function read(pieces: readonly Uint8Array[], clean = true) {
  const stream = new ReplyStream(new AnthropicEvents());
  let text = pieces.map((piece) => stream.push(piece)).join("");
  text += stream.end(clean);
  const ending = stream.ending(clean, () => new ProviderError("broken", "cut"));
  const { done, thinking, generated } = stream;
  return { text, done, thinking, generated, ending: told(ending), usage: stream.usage() };
}

const told = (ending: unknown) => ending instanceof ProviderError ? ending.fault : ending;
const bytesOf = (text: string) => new TextEncoder().encode(text);

function piecesAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...at, bytes.length].map((end, i) => bytes.subarray(at[i - 1] ?? 0, end));
}

const MODES: MessageMode[] = [
  "thinking",
  "crlf",
  "alphabets",
  "withdrawal",
  "tool",
  "cache",
  "error",
];

for (const mode of MODES) {
  Deno.test(`AnthropicEvents reads the same wherever its bytes are split: ${mode}`, () => {
    const bytes = bytesOf(String(messageAnswer(mode).body));
    const whole = read([bytes]);
    equal(read([...bytes].map((byte) => Uint8Array.of(byte))), whole);
    for (let at = 0; at <= bytes.length; at++) {
      equal(read([bytes.subarray(0, at), bytes.subarray(at)]), whole);
    }
    const cuts = fc.array(fc.nat(), { maxLength: 20 });
    fc.assert(fc.property(cuts, (at) => equal(read(piecesAt(bytes, at)), whole)));
  });
}

Deno.test("AnthropicEvents shows the text of text blocks only, for any blocks and pings", () => {
  const words = fc.array(fc.string({ unit: "binary" }), { maxLength: 5 });
  const part = fc.oneof(
    words.map((said) => ({ said, hidden: "" })),
    fc.string({ unit: "binary" }).map((hidden) => ({ said: [], hidden })),
    fc.constant({ said: [], hidden: null }),
  );
  fc.assert(fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
    const body = messageStart() + textBlock(["Well: "]) +
      parts.map(({ said, hidden }) =>
        hidden === null ? PING : hidden === "" ? textBlock(said) : thinkingBlock(hidden)
      ).join("") + messageEnd("end_turn");
    const { text, thinking, done } = read([bytesOf(body)]);
    const shown = ["Well: ", ...parts.flatMap(({ said }) => said)].join("").toWellFormed();
    const hidden = parts.map((each) => bytesOf(each.hidden ?? "").length);
    equal([text, thinking, done], [shown, hidden.reduce((sum, bytes) => sum + bytes, 0), true]);
  }));
});

Deno.test("AnthropicEvents takes the last counts, whatever was counted before", () => {
  const count = fc.nat({ max: 1e9 });
  const usage = fc.record({
    input_tokens: count,
    cache_creation_input_tokens: count,
    cache_read_input_tokens: count,
    output_tokens: count,
  });
  fc.assert(fc.property(usage, fc.array(usage, { minLength: 1 }), (start, deltas) => {
    const body = messageStart(start) + textBlock() +
      deltas.map((delta) => messageDelta(null, delta)).join("") + messageEnd("end_turn", null);
    const last = deltas.at(-1) ?? start;
    const cached = last.cache_read_input_tokens;
    const written = last.cache_creation_input_tokens;
    equal(read([bytesOf(body)]).usage, [{
      type: "usage",
      usage: {
        input: last.input_tokens + cached + written,
        cached,
        ...(written === 0 ? {} : { written }),
        output: last.output_tokens,
        reasoning: 0,
      },
    }]);
  }));
});

Deno.test("AnthropicEvents keeps the start's counts that the end leaves out", () => {
  const body = messageStart() + textBlock() + messageEnd("end_turn", { output_tokens: 9 });
  equal(read([bytesOf(body)]).usage, [{
    type: "usage",
    usage: { input: 12, cached: 4, output: 9, reasoning: 0 },
  }]);
});

Deno.test("AnthropicEvents takes no usage from a reply that broke off before its end", () => {
  const { ending, usage } = read([bytesOf(messageStart() + textBlock())]);
  equal([ending, usage], ["broken", []]);
});

Deno.test("AnthropicEvents joins halves of a surrogate pair, and replaces lone ones", () => {
  const body = messageStart() + textBlock(["a\ud83d", "\ude00b", "\ud83dc"]) +
    messageEnd("end_turn");
  equal(read([bytesOf(body)]).text, "a😀b\ufffdc");
});

Deno.test("AnthropicEvents reads refusals by their details too, and of every category", () => {
  for (const category of ["cyber", "bio", "frontier_llm", "general_harms", null, "a b", 7]) {
    for (const text of ["", textBlock()]) {
      const details = { type: "refusal", category, explanation: "secret" };
      const body = messageStart() + text + messageDelta(null, MESSAGE_USAGE, details) +
        messageEvent("message_stop");
      equal(read([bytesOf(body)]).ending, text === "" ? "filtered" : "withdrawn");
    }
  }
});

Deno.test("AnthropicEvents never throws, for any events and any bytes", () => {
  const json = fc.json({ maxDepth: 4 });
  const type = fc.constantFrom(
    "message_start",
    "content_block_start",
    "content_block_delta",
    "message_delta",
    "error",
    "ping",
    "message_stop",
  );
  const events = fc.array(
    fc.tuple(type, json).map(([name, data]) => `event: ${name}\ndata: ${data}\n\n`),
  );
  fc.assert(fc.property(events, fc.boolean(), (all, clean) => {
    const stream = new ReplyStream(new AnthropicEvents());
    stream.push(bytesOf(all.join("")));
    stream.end(clean);
    stream.ending(clean, () => new ProviderError("broken", "cut"));
    stream.usage();
  }));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void read([bytes])));
  const documents = fc.json({ maxDepth: 5 });
  fc.assert(fc.property(documents, (document) => void read([bytesOf(`{"content":${document}}`)])));
});

Deno.test("AnthropicEvents counts a tool's input as hidden, since it is billed", () => {
  const body = messageStart() +
    block(0, { type: "tool_use", id: "t", name: "look", input: {} }, [
      { type: "input_json_delta", partial_json: '{"a":1}' },
    ]) + messageEnd("tool_use");
  const { text, thinking, ending } = read([bytesOf(body)]);
  equal([text, thinking, Array.isArray(ending)], ["", 7, true]);
});
