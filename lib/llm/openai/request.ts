import { Buffer } from "node:buffer";
import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import { type Effort, effortFor, takesTemperature } from "../rules/effort.ts";
import { factsOf } from "../rules/model_facts.ts";
import type { PromptMessage } from "../rules/prompt.ts";
import type { RequestField } from "./fields.ts";
import { dialectOf } from "./known_servers.ts";
import type { ModelRequest } from "../provider.ts";

export const OPENAI_URL = "https://api.openai.com/v1";

const NONE: ReadonlySet<RequestField> = new Set();

/**
 * The body of a streamed chat completion. OpenAI and models with its names take
 * `max_completion_tokens`; other servers and models often know only `max_tokens`. Models that
 * reason refuse a temperature other than 1 unless their effort is none.
 * @param without fields that this model at this server has refused
 */
export function chatBody(
  request: ModelRequest,
  baseUrl: string,
  without: ReadonlySet<RequestField> = NONE,
): ChatCompletionCreateParamsStreaming {
  const model = familyName(request.model);
  const { limit } = dialectOf(baseUrl);
  const own = isOfficial(baseUrl) || /^(gpt-(?!oss)|chatgpt-|o\d)/.test(model);
  const [name, other] = (limit === null ? own : limit === "max_completion_tokens")
    ? (["max_completion_tokens", "max_tokens"] as const)
    : (["max_tokens", "max_completion_tokens"] as const);
  const { messages } = request;
  const { efforts: taken, capabilities } = factsOf(request);
  const efforts = without.has("effort_none") ? thinking(taken) : taken;
  const facts = { capabilities, efforts: without.has("reasoning_effort") ? [] : efforts };
  const effort = effortFor(facts, request.effort);
  return {
    model: request.model,
    messages:
      (without.has("system") || !capabilities.systemRole ? withoutSystem(messages) : messages).map(
        messageParam,
      ),
    stream: true,
    ...(without.has("stream_options") ? {} : { stream_options: { include_usage: true } }),
    [without.has(name) ? other : name]: request.maxTokens,
    ...(effort === null ? {} : { reasoning_effort: effort }),
    ...(takesTemperature(facts, request.effort) && !without.has("temperature")
      ? { temperature: request.temperature }
      : {}),
  };
}

/** The fields of a body that it can be sent without. */
export function optionalFields(body: ChatCompletionCreateParamsStreaming): Set<RequestField> {
  const fields = new Set<RequestField>();
  if (body.temperature !== undefined) fields.add("temperature");
  if (body.reasoning_effort) fields.add("reasoning_effort");
  if (body.reasoning_effort === "none") fields.add("effort_none");
  if (body.stream_options) fields.add("stream_options");
  if (body.max_tokens !== undefined) fields.add("max_tokens");
  if (body.max_completion_tokens !== undefined) fields.add("max_completion_tokens");
  if (body.messages.some(({ role }) => role === "system")) fields.add("system");
  return fields;
}

/** The efforts of a model that cannot but think. */
function thinking(efforts: readonly Effort[]): Effort[] {
  const others = efforts.filter((effort) => effort !== "none");
  return others.length > 0 ? others : ["low"];
}

/** Moves the system message before the first question. */
function withoutSystem(messages: readonly PromptMessage[]): PromptMessage[] {
  const told = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  const said = messages.filter(({ role }) => role !== "system");
  const [first, ...rest] = said;
  if (first?.role !== "user") return [{ role: "user", content: told.join("\n\n") }, ...said];
  return [{ ...first, content: [...told, first.content].join("\n\n") }, ...rest];
}

/** A message with pictures at low detail: a tenth of the tokens, but small print is unreadable. */
function messageParam({ role, content, images = [] }: PromptMessage): ChatCompletionMessageParam {
  if (images.length === 0 || role !== "user") return { role, content };
  return {
    role,
    content: [
      { type: "text", text: content },
      ...images.map(({ type, bytes }) => ({
        type: "image_url" as const,
        image_url: {
          url: `data:${type};base64,${Buffer.from(bytes).toString("base64")}`,
          detail: "low" as const,
        },
      })),
    ],
  };
}

/** The model name without a gateway's prefix or that of a fine-tuned model. */
const familyName = (model: string) => model.toLowerCase().replace(/^(openai\/)?(ft:)?/, "");

const isOfficial = (baseUrl: string) =>
  /^https:\/\/([a-z]+\.)?api\.openai\.com(:443)?(\/|$)/.test(baseUrl);
