import { Buffer } from "node:buffer";
import type {
  ChatCompletionContentPart,
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import { type Effort, effortFor, takesTemperature } from "../rules/effort.ts";
import { factsOf } from "../rules/model_facts.ts";
import type { PictureDetail } from "../rules/image_tokens.ts";
import type { PromptMessage, PromptSound } from "../rules/prompt.ts";
import type { AudioFormat } from "../../config/audio_formats.ts";
import { audioFormatOf } from "../rules/audio_input.ts";
import type { RequestField } from "./fields.ts";
import { dialectOf } from "./known_servers.ts";
import type { ModelRequest } from "../provider.ts";

export const OPENAI_URL = "https://api.openai.com/v1";

/** A recording in a message; OpenAI itself takes two of the formats. */
interface SoundPart {
  type: "input_audio";
  input_audio: { data: string; format: AudioFormat };
}

type SentMessage =
  | ChatCompletionMessageParam
  | { role: "user"; content: (ChatCompletionContentPart | SoundPart)[] };

export type ChatBody = Omit<ChatCompletionCreateParamsStreaming, "messages"> & {
  messages: SentMessage[];
};

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
): ChatBody {
  const model = familyName(request.model);
  const { limit } = dialectOf(baseUrl);
  const own = isOfficial(baseUrl) || /^(gpt-(?!oss)|chatgpt-|o\d)/.test(model);
  const [name, other] = (limit === null ? own : limit === "max_completion_tokens")
    ? (["max_completion_tokens", "max_tokens"] as const)
    : (["max_tokens", "max_completion_tokens"] as const);
  const { messages, pictureDetail = "low" } = request;
  const { efforts: taken, capabilities } = factsOf(request);
  const efforts = without.has("effort_none") ? thinking(taken) : taken;
  const facts = { capabilities, efforts: without.has("reasoning_effort") ? [] : efforts };
  const effort = effortFor(facts, request.effort);
  return {
    model: request.model,
    messages:
      (without.has("system") || !capabilities.systemRole ? withoutSystem(messages) : messages).map(
        (message) => messageParam(message, pictureDetail),
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
export function optionalFields(body: ChatBody): Set<RequestField> {
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

/**
 * A message with its pictures and recordings. The detail is always sent: newer models take a picture without one at
 * its full size, for up to sixty times as much.
 */
function messageParam(
  { role, content, images = [], sounds = [] }: PromptMessage,
  detail: PictureDetail,
): SentMessage {
  const words: ChatCompletionMessageParam = { role, content };
  if (images.length + sounds.length === 0 || role !== "user") return words;
  return {
    role,
    content: [
      { type: "text", text: content },
      ...images.map(({ type, bytes }) => ({
        type: "image_url" as const,
        image_url: {
          url: `data:${type};base64,${Buffer.from(bytes).toString("base64")}`,
          detail,
        },
      })),
      ...sounds.flatMap(soundParts),
    ],
  };
}

/** A recording as a part of a message. */
function soundParts({ type, bytes }: PromptSound): SoundPart[] {
  const format = audioFormatOf(type);
  if (format === null) return [];
  const data = Buffer.from(bytes).toString("base64");
  return [{ type: "input_audio", input_audio: { data, format } }];
}

/** The model name without a gateway's prefix or that of a fine-tuned model. */
const familyName = (model: string) => model.toLowerCase().replace(/^(openai\/)?(ft:)?/, "");

const isOfficial = (baseUrl: string) =>
  /^https:\/\/([a-z]+\.)?api\.openai\.com(:443)?(\/|$)/.test(baseUrl);
