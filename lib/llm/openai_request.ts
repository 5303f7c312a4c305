import { Buffer } from "node:buffer";
import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import type { PromptMessage } from "../domain/prompt.ts";
import type { ModelRequest } from "./provider.ts";

/** OpenAI's own address. */
export const OPENAI_URL = "https://api.openai.com/v1";

/**
 * The body of a streamed chat completion. OpenAI and models of its naming take
 * `max_completion_tokens`; other servers and their models often know only
 * `max_tokens`. Models that reason refuse a temperature other than 1, so they get none.
 */
export function chatBody(
  request: ModelRequest,
  baseUrl: string,
): ChatCompletionCreateParamsStreaming {
  const model = bareName(request.model);
  const own = isOfficial(baseUrl) || /^(gpt-(?!oss)|chatgpt-|o\d)/.test(model);
  return {
    model: request.model,
    messages: request.messages.map(messageParam),
    stream: true,
    stream_options: { include_usage: true },
    ...(own ? { max_completion_tokens: request.maxTokens } : { max_tokens: request.maxTokens }),
    ...(reasons(request.model) ? {} : { temperature: request.temperature }),
  };
}

/**
 * A message with its pictures in it, at low detail: what is on a photo is seen
 * for a tenth of the tokens, small print is not.
 */
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

/** Whether a model thinks before it writes: o1, o3, o4-mini, gpt-5 and later, but not their chat variants. */
export function reasons(model: string): boolean {
  return /^(o\d|gpt-([5-9]|\d\d))/.test(bareName(model)) && !model.includes("-chat");
}

/** The name without a gateway's prefix or that of a fine-tuned model. */
const bareName = (model: string) => model.toLowerCase().replace(/^(openai\/)?(ft:)?/, "");

const isOfficial = (baseUrl: string) =>
  /^https:\/\/([a-z]+\.)?api\.openai\.com(:443)?(\/|$)/.test(baseUrl);
