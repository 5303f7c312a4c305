import { lastOfJoined } from "@/lib/llm/rules/prompt.ts";
import { strictRefusal } from "./anthropic_rules.ts";
import { type Answered, type OpenAiBodies, startOpenAiBodies } from "./openai_bodies.ts";

type Fields = Record<string, unknown>;

/** Usage in Anthropic's fields. */
export const MESSAGE_USAGE = {
  input_tokens: 8,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 4,
  output_tokens: 5,
};

export const MESSAGE_WORDS = ["Hello", " from", " the", " simulator", "."];
const SLOW_WORDS = ["First ", "I ", "would ", "mix\n\n", "the ", "two ", "liquids ", "and"];
export const ALPHABETS = "Grüße, Ελλάδα, שלום, مرحبا, 日本語, 한국어, 👩‍👩‍👧‍👦 🎉.";

/** One event of a message's stream. */
export function messageEvent(type: string, fields: Fields = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

export function messageStart(usage: Fields = { ...MESSAGE_USAGE, output_tokens: 1 }): string {
  const message = {
    id: "msg_01",
    type: "message",
    role: "assistant",
    model: "claude-haiku-5-5",
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  return messageEvent("message_start", { message });
}

/** A block with its pieces, one event each. */
export function block(index: number, content: Fields, deltas: readonly Fields[] = []): string {
  return [
    messageEvent("content_block_start", { index, content_block: content }),
    ...deltas.map((delta) => messageEvent("content_block_delta", { index, delta })),
    messageEvent("content_block_stop", { index }),
  ].join("");
}

export function textBlock(words: readonly string[] = MESSAGE_WORDS, index = 0): string {
  const deltas = words.map((text) => ({ type: "text_delta", text }));
  return block(index, { type: "text", text: "" }, deltas);
}

export function thinkingBlock(...thoughts: readonly string[]): string {
  return block(0, { type: "thinking", thinking: "", signature: "" }, [
    ...thoughts.map((thinking) => ({ type: "thinking_delta", thinking })),
    { type: "signature_delta", signature: "EqoBCkgIARABGAIiQL" },
  ]);
}

export function messageDelta(
  reason: string | null,
  usage: Fields | null = MESSAGE_USAGE,
  details: Fields | null = null,
): string {
  const delta = { stop_reason: reason, stop_sequence: null, stop_details: details };
  return messageEvent("message_delta", { delta, ...(usage ? { usage } : {}) });
}

export function messageEnd(reason: string, usage: Fields | null = MESSAGE_USAGE): string {
  return messageDelta(reason, usage) + messageEvent("message_stop");
}

export const PING = messageEvent("ping");

/** The end of a reply that a safety classifier stopped. */
export function refusalEnd(usage: Fields = MESSAGE_USAGE): string {
  const details = { type: "refusal", category: "cyber", explanation: "A secret explanation" };
  return messageDelta("refusal", usage, details) + messageEvent("message_stop");
}

/** An error as the API answers it. */
export function apiError(type: string, details?: Fields): Fields {
  const error = { type, message: "A secret message", ...(details ? { details } : {}) };
  return { type: "error", error, request_id: "req_011" };
}

function refusing(status: number, error: Fields, headers: Record<string, string> = {}): Answered {
  return {
    status,
    type: "application/json",
    headers: { "request-id": "req_011", ...headers },
    framing: "length",
    body: JSON.stringify(error),
  };
}

const limitReached = (code: string) => apiError("rate_limit_error", { error_code: code });
const errorEvent = (type: string) => messageEvent("error", apiError(type));
const PAGE = "<html><body>413 Request Entity Too Large</body></html>";

const WHOLE = JSON.stringify({
  type: "message",
  role: "assistant",
  content: [
    { type: "thinking", thinking: "hm", signature: "Eq" },
    { type: "text", text: MESSAGE_WORDS.join("") },
  ],
  stop_reason: "end_turn",
  usage: MESSAGE_USAGE,
});

/** Each event in a write of its own. */
function slowly(body: string, pauseMs: number): Answered {
  const sizes = body.split(/(?<=\n\n)/).map((event) => new TextEncoder().encode(event).length);
  return { body, pieces: sizes, pauseMs };
}

/** The answers by their mode; a request names one by `[[fault:MODE]]` in its last question. */
const ANSWERS = {
  ok: { body: messageStart() + PING + textBlock() + messageEnd("end_turn") },
  thinking: {
    body: messageStart() + thinkingBlock("Let me ", "think.") + textBlock(MESSAGE_WORDS, 1) +
      messageEnd("end_turn", { ...MESSAGE_USAGE, output_tokens_details: { thinking_tokens: 3 } }),
  },
  /** Thinking that is not sent, only its signature. */
  omitted: {
    body: messageStart() + thinkingBlock() + textBlock(MESSAGE_WORDS, 1) + messageEnd("end_turn"),
  },
  redacted: {
    body: messageStart() + block(0, { type: "redacted_thinking", data: "EmwKAhgB" }) +
      textBlock(MESSAGE_WORDS, 1) + messageEnd("end_turn"),
  },
  pings: {
    body: PING.repeat(2_000) + messageStart() + PING.repeat(2_000) +
      textBlock().replaceAll("\n\n", `\n\n${PING.repeat(50)}`) + messageEnd("end_turn"),
  },
  alphabets: { body: messageStart() + textBlock([...ALPHABETS]) + messageEnd("end_turn") },
  crlf: {
    body: (messageStart() + PING + textBlock() + messageEnd("end_turn")).replaceAll("\n", "\r\n"),
  },
  /** Events and blocks that the API may add. */
  novel: {
    body: messageStart() + messageEvent("message_mood", { mood: "fine" }) +
      block(0, { type: "mood", mood: "fine" }, [{ type: "mood_delta", mood: "well" }]) +
      textBlock(MESSAGE_WORDS, 1) + messageEnd("end_turn"),
  },
  document: { type: "application/json", body: WHOLE },
  length: { body: messageStart() + textBlock() + messageEnd("max_tokens") },
  context: { body: messageStart() + textBlock() + messageEnd("model_context_window_exceeded") },
  pause: { body: messageStart() + textBlock() + messageEnd("pause_turn") },
  tool: {
    body: messageStart() + textBlock() +
      block(1, { type: "tool_use", id: "toolu_1", name: "look", input: {} }, [
        { type: "input_json_delta", partial_json: '{"at":' },
        { type: "input_json_delta", partial_json: '"it"}' },
      ]) + messageEnd("tool_use"),
  },
  /** Counts that grow: the last ones are the sum. */
  twice: {
    body: messageStart({ ...MESSAGE_USAGE, input_tokens: 3, output_tokens: 1 }) + textBlock() +
      messageDelta(null, { ...MESSAGE_USAGE, input_tokens: 6, output_tokens: 3 }) +
      messageEnd("end_turn"),
  },
  /** The start's split of the cache writes no longer holds at the end. */
  cache: {
    body: messageStart({
      ...MESSAGE_USAGE,
      cache_creation_input_tokens: 10,
      cache_creation: { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 6 },
    }) + textBlock() +
      messageEnd("end_turn", { ...MESSAGE_USAGE, cache_creation_input_tokens: 30 }),
  },
  nousage: { body: messageStart() + textBlock() + messageEnd("end_turn", null) },
  nostop: { body: messageStart() + textBlock() + messageDelta("end_turn") },

  refusal: { body: messageStart() + refusalEnd() },
  withdrawal: { body: messageStart() + textBlock() + refusalEnd() },
  /** The same in its own time: a few seconds from the first word to the refusal. */
  "slow-withdrawal": slowly(messageStart() + textBlock(SLOW_WORDS) + refusalEnd(), 300),
  wordless: { body: messageStart() + thinkingBlock("Hm, hm.") + messageEnd("max_tokens") },
  full: { body: messageStart() + messageEnd("model_context_window_exceeded") },
  error: { body: messageStart() + textBlock(["Hello", " from"]) + errorEvent("api_error") },
  overloaded: { body: messageStart() + errorEvent("overloaded_error") },
  strange: { body: messageStart() + errorEvent("a strange error with spaces") },
  cut: { body: messageStart() + textBlock(["Hello", " from"]), cut: true },
  unfinished: { body: messageStart() + textBlock(["Hello", " from"]) },
  malformed: {
    body: `${messageStart()}${
      textBlock(["Hello", " from"])
    }event: content_block_delta\ndata: {"ty\n\n`,
  },
  mute: { body: messageStart() + PING, stays: true },
  html: { type: "text/html", body: PAGE },

  "400": refusing(400, apiError("invalid_request_error")),
  "401": refusing(401, apiError("authentication_error")),
  "402": refusing(402, apiError("billing_error")),
  "403": refusing(403, apiError("permission_error")),
  "404": refusing(404, apiError("not_found_error")),
  "413": { status: 413, type: "text/html", framing: "length", body: PAGE },
  "429": refusing(429, apiError("rate_limit_error")),
  "429-after": refusing(429, limitReached("ramp_limit_exceeded"), { "retry-after": "7" }),
  "429-spent": refusing(429, limitReached("enforced_spend_limit_reached")),
  "429-contract": refusing(429, limitReached("contract_spend_limit_reached")),
  "500": refusing(500, apiError("api_error")),
  "503": { status: 503, type: "text/html", framing: "length", body: PAGE },
  "504": refusing(504, apiError("timeout_error")),
  "529": refusing(529, apiError("overloaded_error")),
  /** Causes without a code. */
  "400-limit": refusing(400, {
    type: "error",
    error: {
      type: "invalid_request_error",
      message: "You have reached your specified API usage limits. You will regain access later.",
    },
  }),
  "400-long": refusing(400, {
    type: "error",
    error: {
      type: "invalid_request_error",
      message: "prompt is too long: 250000 tokens > 200000 maximum",
    },
  }),
} as const satisfies Record<string, Answered>;

export type MessageMode = keyof typeof ANSWERS;

/** How a mode is answered, for tests that read the bytes themselves. */
export function messageAnswer(mode: MessageMode): Answered {
  return ANSWERS[mode];
}

/** Simulates Anthropic's Messages API, and refuses what it refuses. */
export function startAnthropic(
  answer: (question: string, asked: number) => Answered | MessageMode = () => "ok",
): OpenAiBodies {
  return startOpenAiBodies((request, asked) => {
    const refused = strictRefusal(request);
    if (refused) {
      const [status, type, message] = refused;
      return refusing(status, { type: "error", error: { type, message } });
    }
    const question = questionIn(request.body);
    const mode = modeIn(question) ?? answer(question, asked);
    return typeof mode === "string" ? ANSWERS[mode] : mode;
  });
}

/** The last question; of joined ones the last. */
function questionIn({ messages }: Fields): string {
  const content: unknown = Array.isArray(messages) ? messages.at(-1)?.content : "";
  const blocks: unknown[] = Array.isArray(content) ? content : [{ text: content }];
  const texts = blocks.map((each) =>
    typeof each === "object" && each && "text" in each ? each.text : ""
  );
  return lastOfJoined(texts.join("\n"));
}

function modeIn(question: string): MessageMode | undefined {
  const name = question.match(/\[\[fault:([\w-]+)\]\]/)?.[1];
  return name !== undefined && isMode(name) ? name : undefined;
}

const isMode = (name: string): name is MessageMode => name in ANSWERS;
