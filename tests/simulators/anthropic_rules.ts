import type { RawRequest } from "./raw_http.ts";

/** Differences between Claude models in what they accept. */
interface Family {
  models: RegExp;
  /** Accepted types of `thinking`. */
  thinking: readonly string[];
  efforts: readonly string[];
  /** Efforts accepted with thinking switched off. */
  effortsWithout?: readonly string[];
  /** Whether the last message may be the beginning of the reply. */
  prefill: boolean;
  longestReply: number;
}

const ALL = ["low", "medium", "high", "xhigh", "max"];
const UP_TO_HIGH = ALL.slice(0, 3);

const FAMILIES: readonly Family[] = [
  {
    models: /^claude-haiku-4-5/,
    thinking: ["enabled", "disabled"],
    efforts: [],
    prefill: true,
    longestReply: 64_000,
  },
  {
    models: /^claude-(opus|sonnet)-4-6/,
    thinking: ["adaptive", "enabled", "disabled"],
    efforts: [...UP_TO_HIGH, "max"],
    prefill: false,
    longestReply: 64_000,
  },
  {
    models: /^claude-(haiku-5-5|opus-5$|sonnet-5$)/,
    thinking: ["adaptive", "disabled"],
    efforts: ALL,
    effortsWithout: UP_TO_HIGH,
    prefill: false,
    longestReply: 128_000,
  },
  {
    models: /^claude-sonnet-5-5/,
    thinking: ["adaptive", "between_tools"],
    efforts: ALL,
    effortsWithout: UP_TO_HIGH,
    prefill: false,
    longestReply: 128_000,
  },
  {
    models: /^claude-(opus-5-5|fable-5-[12])/,
    thinking: ["adaptive"],
    efforts: ALL,
    prefill: false,
    longestReply: 128_000,
  },
];

const FIELDS = new Set(
  ("cache_control messages metadata model max_tokens output_config service_tier stop_sequences " +
    "stream system thinking tools tool_choice").split(" "),
);
const IMAGES = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/** The API's refusal of a request: status, type of error, and message. */
export type StrictRefusal = [status: number, type: string, message: string];

/** Refuses what Anthropic's Messages API (version 2026-10-21) refuses; null for a valid request. */
export function strictRefusal({ path, headers, body }: RawRequest): StrictRefusal | null {
  if (path !== "/v1/messages") return [404, "not_found_error", "Not found"];
  if (!/^Bearer \S/.test(headers.get("authorization") ?? "") && !headers.get("x-api-key")) {
    return [401, "authentication_error", "x-api-key header is required"];
  }
  if (headers.get("anthropic-version") !== "2026-10-21") {
    return [400, "invalid_request_error", "anthropic-version: header is required"];
  }
  const family = FAMILIES.find(({ models }) => models.test(String(body.model)));
  if (!family) return [404, "not_found_error", `model: ${body.model}`];
  const message = unknownField(body) ?? limitFault(body, family) ?? systemFault(body) ??
    messagesFault(body, family) ?? thinkingFault(body, family);
  return message === null ? null : [400, "invalid_request_error", message];
}

function unknownField(body: Record<string, unknown>): string | null {
  const field = Object.keys(body).find((name) => !FIELDS.has(name));
  return field === undefined ? null : `${field}: Extra inputs are not permitted`;
}

function limitFault(
  { max_tokens: limit, model }: Record<string, unknown>,
  { longestReply }: Family,
): string | null {
  if (limit === undefined) return "max_tokens: Field required";
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1) {
    return "max_tokens: Input should be greater than or equal to 1";
  }
  return limit > longestReply
    ? `max_tokens: ${limit} > ${longestReply}, which is the maximum allowed number of output tokens for ${model}`
    : null;
}

function systemFault({ system }: Record<string, unknown>): string | null {
  if (system === undefined) return null;
  if (typeof system !== "string") return "system: Input should be a valid string";
  return system.trim() === ""
    ? "system: text content blocks must contain non-whitespace text"
    : null;
}

function messagesFault({ messages }: Record<string, unknown>, { prefill }: Family): string | null {
  if (!Array.isArray(messages) || messages.length === 0) {
    return "messages: at least one message is required";
  }
  for (const [i, { role, content }] of messages.entries()) {
    if (role !== "user" && role !== "assistant") {
      return `messages: Unexpected role "${role}". The Messages API accepts a top-level \`system\` parameter, not "system" as an input message role.`;
    }
    if (i === 0 && role !== "user") return 'messages: first message must use the "user" role';
    const blocks = typeof content === "string" ? [{ type: "text", text: content }] : content;
    if (!Array.isArray(blocks) || blocks.length === 0) {
      return `messages.${i}: all messages must have non-empty content`;
    }
    for (const block of blocks) {
      const fault = blockFault(block, role);
      if (fault) return `messages.${i}.content: ${fault}`;
    }
  }
  return messages.at(-1).role === "assistant" && !prefill
    ? "This model does not support assistant message prefill. The conversation must end with a user message."
    : null;
}

function blockFault(
  { type, text, source }: { type?: string; text?: string; source?: Record<string, unknown> },
  role: string,
): string | null {
  if (type === "text") {
    return (text ?? "").trim() === "" ? "text content blocks must be non-empty" : null;
  }
  if (type !== "image" || role !== "user") return `Input tag '${type}' found is not expected`;
  if (source?.type !== "base64" || !IMAGES.includes(String(source.media_type))) {
    return "image.source.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'";
  }
  return /^[\w+/]+=*$/.test(String(source.data)) ? null : "image.source.data: invalid base64";
}

function thinkingFault(
  { thinking, output_config: config }: Record<string, unknown>,
  { thinking: types, efforts, effortsWithout = efforts }: Family,
): string | null {
  const type = memberOf(thinking, "type");
  const effort = memberOf(config, "effort");
  if (thinking !== undefined && !types.includes(String(type))) {
    return `"thinking.type.${type}" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.`;
  }
  if (config === undefined) return null;
  if (efforts.length === 0) return "This model does not support the effort parameter.";
  const off = type === "disabled" || type === "between_tools";
  return (off ? effortsWithout : efforts).includes(String(effort))
    ? null
    : `output_config.effort: '${effort}' is not supported for this model`;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
