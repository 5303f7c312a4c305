/** Most tokens of a picture for a model of which nothing is known; no bound is published above it. */
export const MOST_IMAGE_TOKENS = 16_384;

/**
 * OpenAI's models that charge a fixed number of tokens for a picture at low
 * detail: https://platform.openai.com/docs/guides/images-vision#calculating-costs
 */
const AT_LOW_DETAIL: readonly [models: RegExp, tokens: number][] = [
  [/^gpt-4o-mini/, 2_833],
  [/^(gpt-4o|chatgpt-4o|gpt-4-turbo|gpt-4\.1(?!-(mini|nano))|gpt-4\.5)/, 85],
  [/^o[13](?!-mini)/, 75],
  [/^gpt-5(-chat.*|-\d{4}.*)?$/, 70],
];

/**
 * Their others count squares of 32 pixels, whatever the detail: up to 1,536 times
 * 2.46 (the smallest models) or 2,500 times 1.2 (from gpt-5.2 on).
 */
const IN_SQUARES = 4_096;

const SEES =
  /^(gpt-4o|chatgpt-4o|gpt-4-turbo|gpt-4-vision|gpt-4\.[15]|gpt-[5-9]|gpt-chat-latest|o[1-9]|claude-(3|opus|sonnet|haiku|fable)|gemini-)/;
/** Other companies' say it in their names. */
const NAMED_SO = /vision|(^|[-_.:/])vl($|[-_.:/\d])|llava|pixtral|multimodal/;
/** Of the above, those that read and write text only, or sound. */
const BLIND =
  /^(o1-mini|o3-mini|o1-preview)|gpt-oss|gpt-4-turbo-preview|audio|realtime|embed|search/;

/**
 * Whether a model sees pictures, by its name; false for one that is not known.
 * The price list does not tell: it has rates, not what goes in. From the models'
 * own pages, https://platform.openai.com/docs/models.
 */
export function sees(model: string): boolean {
  const name = nameOf(model);
  return !BLIND.test(name) && (SEES.test(name) || NAMED_SO.test(name));
}

/** The most tokens that one picture takes at low detail. */
export function imageTokenBound(model: string): number {
  const name = nameOf(model);
  const fixed = AT_LOW_DETAIL.find(([models]) => models.test(name));
  if (fixed) return fixed[1];
  return /^(gpt-|o\d|claude-)/.test(name) ? IN_SQUARES : MOST_IMAGE_TOKENS;
}

/** The name without a gateway's prefix or that of a fine-tuned model. */
const nameOf = (model: string) => model.toLowerCase().replace(/^(ft:)?([\w-]+\/)*(ft:)?/, "");
