import { Buffer } from "node:buffer";
import type {
  ContentBlockParam,
  ImageBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
} from "@anthropic-ai/sdk/resources/messages";
import type { ModelRequest } from "../provider.ts";
import { factsOf } from "../rules/model_facts.ts";
import { CONTINUE_TEXT, type PromptImage, type PromptMessage } from "../rules/prompt.ts";
import { type ThinkingField, thinkingFields } from "./thinking.ts";

const NONE: ReadonlySet<ThinkingField> = new Set();

/**
 * The body of a streamed message. It has no temperature: this version of the API refuses one from
 * every model. Prompts are not cached: a cache write costs more than is saved at our intervals.
 * @param without fields that this model has refused
 */
export function messageBody(
  request: ModelRequest,
  without: ReadonlySet<ThinkingField> = NONE,
): MessageCreateParamsStreaming {
  const { model, messages, maxTokens } = request;
  const { longestReply } = factsOf({ provider: "anthropic", model });
  const system = messages.filter(({ role, content }) => role === "system" && content.trim() !== "")
    .map(({ content }) => content).join("\n\n");
  return {
    model,
    max_tokens: Math.min(maxTokens, longestReply ?? maxTokens),
    stream: true,
    ...(system === "" ? {} : { system }),
    messages: turnsOf(messages),
    ...thinkingFields(request, without),
  };
}

/**
 * The conversation as the API takes it: from a question to a question, without empty messages. One
 * that ends with a reply is continued, for newer models refuse to write on in the same message.
 */
function turnsOf(messages: readonly PromptMessage[]): MessageParam[] {
  const turns: { role: "user" | "assistant"; content: ContentBlockParam[] }[] = [];
  for (const { role, content, images = [] } of messages) {
    if (role === "system") continue;
    const blocks = blocksOf(content, role === "user" ? images : []);
    const last = turns.at(-1);
    if (blocks.length === 0 || (role === "assistant" && !last)) continue;
    if (last?.role === role) last.content.push(...blocks);
    else turns.push({ role, content: blocks });
  }
  if (turns.at(-1)?.role !== "user") turns.push({ role: "user", content: blocksOf(CONTINUE_TEXT) });
  return turns.map(({ role, content }) => {
    const [only, ...rest] = content;
    return { role, content: only?.type === "text" && rest.length === 0 ? only.text : content };
  });
}

function blocksOf(text: string, images: readonly PromptImage[] = []): ContentBlockParam[] {
  const pictures = images.flatMap(imageBlock);
  return text.trim() === "" ? pictures : [...pictures, { type: "text", text }];
}

/** A picture; none in a format that the API does not read. */
function imageBlock({ type, bytes }: PromptImage): ImageBlockParam[] {
  const media_type = FORMATS.find((format) => format === type);
  if (media_type === undefined) return [];
  const data = Buffer.from(bytes).toString("base64");
  return [{ type: "image", source: { type: "base64", media_type, data } }];
}

const FORMATS = ["image/jpeg", "image/png", "image/gif", "image/webp"] as const;
