import type { NanoUsd } from "../../shared/money.ts";
import { BoundedMap } from "../../shared/bounded_map.ts";
import { type Effort, effortFor, type TakesTemperature } from "./effort.ts";
import { type DatedPrice, LISTED_PRICES, MODEL_ENDS } from "./model_list.ts";
import type { PictureCharge } from "./image_tokens.ts";
import { pictureChargeOf, UNKNOWN_CHARGE } from "./picture_charges.ts";
import { HEARING_MODELS } from "./audio_input.ts";
import { bareName, type ModelRef, pricingProviderOf } from "./model_ref.ts";
import type { ModelPrice } from "./prices.ts";

/** Input and options that a model accepts, besides text. */
export interface Capabilities {
  vision: boolean;
  /** May think before it writes, hidden: a reply's length then says little of its cost. */
  reasoning: boolean;
  /** Transcribes recordings. */
  audio: boolean;
  /** Takes recordings in a prompt. */
  audioInput: boolean;
  /** Accepts a temperature other than 1. */
  temperature: TakesTemperature;
  /** Accepts the tool's prompt in a system role. */
  systemRole: boolean;
}

export interface ModelFacts {
  capabilities: Capabilities;
  /** Reasoning efforts that it takes, from the least; empty when none is sent. */
  efforts: readonly Effort[];
  /** Served by the provider's chat API, and offered for tools. */
  chat: boolean;
  /** Billed only by tokens of text and pictures, so that a price by token is its whole price. */
  billedByToken: boolean;
  /** How pictures are charged. */
  pictures: PictureCharge;
  /** Context window in tokens; null where the price list may know it. */
  context: number | null;
  /** Longest reply in tokens; null when unknown. */
  longestReply: number | null;
  /** Prices of our own list, in ascending order; they override the package's. */
  prices: readonly DatedPrice[];
  /** Nano-dollars per minute of audio; null when it is not billed or estimated by the minute. */
  minute: NanoUsd | null;
  /** Whether audio is billed by the second; else a price by the minute is an estimate. */
  billedBySecond: boolean;
  /** Whether a transcription takes hints of its languages and terms. */
  audioHints: boolean;
  /** Announced shutdown day (YYYY-MM-DD); null when there is none. */
  endsOn: string | null;
  /** The model to use after its end, of the same provider. */
  replacement: ModelRef | null;
}

interface Row
  extends Partial<Omit<ModelFacts, "capabilities" | "prices" | "endsOn" | "replacement">> {
  /** Applies to this provider's own models only. */
  provider?: string;
  /** Matched with {@link bareName}; a string is one exact name. */
  models: RegExp | string;
  can?: Partial<Capabilities>;
}

const UNKNOWN: ModelFacts = {
  capabilities: {
    vision: false,
    reasoning: false,
    audio: false,
    audioInput: false,
    temperature: "always",
    systemRole: true,
  },
  efforts: [],
  chat: false,
  billedByToken: true,
  pictures: UNKNOWN_CHARGE,
  context: null,
  longestReply: null,
  prices: [],
  minute: null,
  billedBySecond: false,
  audioHints: false,
  endsOn: null,
  replacement: null,
};

/** Facts from general to specific: each matching row overrides those above it. */
const ROWS: readonly Row[] = [
  // Vision, from the models' own pages: https://platform.openai.com/docs/models
  {
    models:
      /^(gpt-4o|chatgpt-4o|gpt-4-turbo|gpt-4-vision|gpt-4\.[15]|gpt-[5-9]|gpt-chat-latest|o[1-9]|claude-(3|opus|sonnet|haiku|fable)|gemini-)/,
    can: { vision: true },
  },
  // Other companies' models with vision, by parts of their names.
  { models: /vision|(^|[-_.:/])vl($|[-_.:/\d])|llava|pixtral|multimodal/, can: { vision: true } },
  {
    models: /^(o1-mini|o3-mini|o1-preview)|gpt-oss|gpt-4-turbo-preview|audio|realtime|embed|search/,
    can: { vision: false },
  },

  { models: HEARING_MODELS, can: { audioInput: true } },

  // Reasoning: o1, o3, o4-mini, gpt-5 and later, but not their chat variants.
  {
    models: /^(o\d|gpt-([5-9]|\d\d))(?!.*-chat)/,
    can: { reasoning: true, temperature: "never" },
    efforts: ["low", "medium", "high"],
  },
  { models: /^o1-(mini|preview)/, efforts: [], can: { systemRole: false } },
  { models: /^gpt-5(?!.*-chat)/, efforts: ["minimal", "low", "medium", "high"] },
  // A temperature is taken only without reasoning.
  {
    models: /^gpt-5\.1(?!.*-chat)/,
    can: { temperature: "effort_none" },
    efforts: ["none", "low", "medium", "high"],
  },
  {
    models: /^gpt-(5\.[2-9]|[6-9]|\d\d)(?!.*-chat)/,
    can: { temperature: "effort_none" },
    efforts: ["none", "low", "medium", "high", "xhigh"],
  },
  {
    models: /^gpt-6\.1-terra/,
    efforts: ["none", "low", "medium", "high", "xhigh", "max"],
  },
  {
    models: /^gpt-(6-astra|6\.[1-9]-sol)/,
    can: { temperature: "never" },
    efforts: ["low", "medium", "high", "xhigh", "max"],
  },
  // Claude: from Opus 4.6 on with an effort, from Opus 4.7 on without a temperature; the efforts
  // without "none" are those of models whose thinking cannot be switched off.
  {
    models: /^claude-((opus|sonnet)-4-6|opus-4-[78]|(opus|sonnet|haiku)-[5-9])/,
    can: { reasoning: true },
    efforts: ["none", "low", "medium", "high", "max"],
  },
  {
    models: /^claude-(opus-4-[78]|(opus|sonnet|haiku)-[5-9]|fable)/,
    can: { reasoning: true, temperature: "never" },
    efforts: ["none", "low", "medium", "high", "xhigh", "max"],
  },
  {
    models: /^claude-(opus-5-5|fable)/,
    efforts: ["low", "medium", "high", "xhigh", "max"],
  },
  // Its API (version 2026-10-21) takes a temperature for none of its models.
  { provider: "anthropic", models: /^claude-/, can: { temperature: "never" } },
  { models: /^(gemini-(2\.5|[3-9])|grok-(3-mini|[4-9]))/, can: { reasoning: true } },

  // Billed also by a fee for each search, for audio or images.
  { models: /search|audio|realtime|transcribe|tts|image|computer-use/, billedByToken: false },

  // Replies are asked for as text, so these have tokens only: of text, and of audio in the prompt.
  { provider: "openai", models: /^gpt-audio/, billedByToken: true },

  // Served by the providers' chat APIs; the exceptions by OpenAI's other APIs.
  {
    provider: "openai",
    models: /^(gpt-(3\.5-turbo|4|4-turbo|4\.1.*|4o|4o-mini|[5-9].*)|gpt-chat-latest|o\d(-mini)?)$/,
    chat: true,
  },
  {
    provider: "anthropic",
    models: /^claude-((opus|sonnet|haiku)-(4-[5-9]|[5-9])|fable-)/,
    chat: true,
  },
  { models: /-pro$|codex|deep-research|image|^gpt-5\.3$/, chat: false },

  // Audio, by the minute: https://platform.openai.com/docs/pricing#transcription. OpenAI bills
  // whisper-1 and gpt-transcribe by duration; for the others, billed by the token, it publishes
  // estimates.
  {
    provider: "openai",
    models: "whisper-1",
    can: { audio: true },
    minute: 6_000_000n,
    billedBySecond: true,
  },
  { provider: "openai", models: "gpt-4o-transcribe", can: { audio: true }, minute: 6_000_000n },
  {
    provider: "openai",
    models: "gpt-4o-mini-transcribe",
    can: { audio: true },
    minute: 3_000_000n,
  },
  {
    provider: "openai",
    models: "gpt-transcribe",
    can: { audio: true },
    minute: 4_500_000n,
    billedBySecond: true,
    audioHints: true,
  },

  // Contexts and longest replies, from the models' own pages.
  { provider: "openai", models: /^gpt-4o(-mini)?(-|$)/, longestReply: 16_384 },
  { provider: "openai", models: /^gpt-4\.1/, longestReply: 32_768 },
  { provider: "openai", models: /^o\d/, longestReply: 100_000 },
  { provider: "openai", models: /^gpt-[5-9](?!.*-chat)/, longestReply: 128_000 },
  { provider: "openai", models: /^gpt-(5\.6|6)/, context: 1_050_000 },
  {
    provider: "anthropic",
    models: /^claude-(sonnet|opus|haiku)-4-5/,
    context: 200_000,
    longestReply: 64_000,
  },
  {
    provider: "anthropic",
    models: /^claude-((sonnet|opus)-4-[6-9]|(sonnet|opus|haiku|fable)-[5-9])/,
    context: 1_000_000,
    longestReply: 128_000,
  },
];

/** Looked-up facts; a turn asks for the same model's several times. */
const known = new BoundedMap<string, ModelFacts>(200);

/** The facts of a model, mostly by the name alone: a compatible server may have any company's. */
export function factsOf({ provider, model }: { provider?: string; model: string }): ModelFacts {
  const seller = provider === undefined ? undefined : pricingProviderOf(provider);
  const key = `${seller ?? ""}/${model}`;
  const before = known.get(key);
  if (before) return before;
  const facts = lookUp(seller, model);
  known.set(key, facts);
  return facts;
}

/**
 * Whether a model may think, hidden, before it writes.
 * @param effort the wanted one; undefined when unknown
 */
export function mayThink(
  ref: { provider?: string; model: string },
  effort: Effort | null | undefined,
): boolean {
  const facts = factsOf(ref);
  if (!facts.capabilities.reasoning) return false;
  return effort === undefined || effortFor(facts, effort) !== "none";
}

function lookUp(seller: string | undefined, model: string): ModelFacts {
  const name = bareName(model);
  let facts = UNKNOWN;
  for (const { provider: only, models, can, ...told } of ROWS) {
    if (only !== undefined && only !== seller) continue;
    if (typeof models === "string" ? models !== model : !models.test(name)) continue;
    facts = { ...facts, ...told, capabilities: { ...facts.capabilities, ...can } };
  }
  const pictures = pictureChargeOf(name);
  return { ...facts, pictures, prices: listedPrices(seller, model), ...endOf(seller, name) };
}

/** Prices of our own list; a dated name has the price of its model. */
function listedPrices(seller: string | undefined, model: string): readonly DatedPrice[] {
  const name = model.replace(/-(\d{4}-\d\d-\d\d|\d{8})$/, "");
  const found = LISTED_PRICES.find((each) => each.provider === seller && each.model === name);
  return found?.prices ?? [];
}

/** A fine-tuned model (`gpt-4o-mini-2024-07-18:…`) ends with the one it was made from. */
function endOf(seller: string | undefined, name: string) {
  const [base = ""] = name.split(":");
  const end = MODEL_ENDS.find((end) => end.provider === seller && end.models.includes(base));
  return {
    endsOn: end?.on ?? null,
    replacement: end ? { provider: end.provider, model: end.replacement } : null,
  };
}

/** The price that applies at a time, of some in ascending order; null before the first. */
export function priceAt(prices: readonly DatedPrice[], at: number): ModelPrice | null {
  const day = new Date(at).toISOString().slice(0, 10);
  return prices.findLast(({ from }) => from <= day)?.price ?? null;
}
