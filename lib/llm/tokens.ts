import { imageTokenBound, type PictureDetail } from "./rules/image_tokens.ts";
import { factsOf } from "./rules/model_facts.ts";
import type { PromptImage, PromptMessage } from "./rules/prompt.ts";
import { MOST_IMAGE_TOKENS } from "./rules/picture_charges.ts";

/**
 * Tokens that OpenAI adds around each message (role and separators) and before the reply
 * (`<|start|>assistant<|message|>`): 3 and 3 in
 * https://github.com/openai/openai-cookbook/blob/main/examples/How_to_count_tokens_with_tiktoken.ipynb
 * (4 per message for the first gpt-3.5-turbo, and 1 for a role). With a margin for other companies'
 * templates.
 */
const PER_MESSAGE = 8;
const PER_REPLY = 16;

/**
 * Upper bound of a prompt's tokens, without a tokenizer: byte-level BPE (all of OpenAI's encodings)
 * starts from one token per UTF-8 byte and only merges.
 * @param imageTokens the most that a picture takes, see rules/image_tokens.ts
 */
export function promptTokenBound(
  messages: readonly PromptMessage[],
  imageTokens: ImageTokens = most,
): number {
  let bound = PER_REPLY;
  for (const { content, images = [] } of messages) {
    bound += PER_MESSAGE + utf8Length(content) + sumOf(images, imageTokens);
  }
  return bound;
}

/** Close estimate of a prompt's tokens. */
export function estimatePromptTokens(
  messages: readonly PromptMessage[],
  imageTokens: ImageTokens = most,
): number {
  return messages.reduce(
    (sum, { content, images = [] }) =>
      sum + estimateTokens(content) + sumOf(images, imageTokens) + 4,
    3,
  );
}

/** Tokens of a picture with some model. */
export type ImageTokens = (image: PromptImage) => number;

const most: ImageTokens = () => MOST_IMAGE_TOKENS;

function sumOf(images: readonly PromptImage[], tokens: ImageTokens): number {
  return images.reduce((sum, image) => sum + tokens(image), 0);
}

/** Upper bound of a picture's tokens with a model. */
export function pictureBound(
  ref: { provider?: string; model: string },
  { width, height }: Pick<PromptImage, "width" | "height">,
  detail: PictureDetail,
): number {
  const size = width === undefined || height === undefined ? null : { width, height };
  return imageTokenBound(factsOf(ref).pictures, size, detail);
}

/** Length of a text in UTF-8 bytes; a lone surrogate counts 3, as U+FFFD. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit < 0xd800 || unit > 0xdbff || !isLow(text.charCodeAt(i + 1))) bytes += 2;
    else {
      bytes += 2;
      i++;
    }
  }
  return bytes;
}

const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * Close estimate of a text's tokens (o200k_base and similar), for replies without reported usage: a
 * token is about four ASCII characters, two and a half digits or letters of another alphabet, a
 * little less than one ideograph, kana or Hangul syllable; emoji take about two. Not a bound in
 * either direction.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x30 && unit <= 0x39) tokens += 0.4;
    else if (unit < 0x80) tokens += 0.25;
    else if (unit < 0x2e80) tokens += 0.4;
    else if (unit < 0xd800 || unit > 0xdfff) tokens += 0.8;
    else tokens += 1;
  }
  return Math.ceil(tokens);
}
