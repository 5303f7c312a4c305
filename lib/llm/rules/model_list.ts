import { parseUsd } from "../../shared/money.ts";
import type { ModelPrice, Rates } from "./prices.ts";

/** A price and the first day it applies, in UTC (YYYY-MM-DD). */
export interface DatedPrice {
  from: string;
  price: ModelPrice;
}

/** Announced ends of a provider's models, and the model to use instead. */
interface End {
  provider: string;
  models: readonly string[];
  /** Shutdown day (YYYY-MM-DD): from then on no request is accepted. */
  on: string;
  replacement: string;
}

interface Listed {
  provider: string;
  model: string;
  prices: readonly DatedPrice[];
}

/** Day of the list's last comparison with the vendors' pages and the installed SDKs' types. */
export const MODEL_LIST_DAY = "2026-11-28";

/** First day of a price that has always applied. */
const ALWAYS = "2000-01-01";

/** Rates from dollars per million tokens. */
function rates(input: string, cached: string, write: string, output: string, hour?: string): Rates {
  return {
    input: parseUsd(input),
    cachedInput: parseUsd(cached),
    cacheWrite: parseUsd(write),
    ...(hour === undefined ? {} : { cacheWriteHour: parseUsd(hour) }),
    output: parseUsd(output),
  };
}

/** OpenAI's price from GPT-5.6 on: above 272,000 tokens twice the input's, 1.5 times the output's. */
function gpt(input: string, cached: string, write: string, output: string): ModelPrice {
  const base = rates(input, cached, write, output);
  const long = {
    input: base.input * 2n,
    cachedInput: base.cachedInput * 2n,
    cacheWrite: parseUsd(write) * 2n,
    output: base.output * 3n / 2n,
  };
  return { ...base, tiers: [{ ...long, above: 272_000 }] };
}

/**
 * Prices that the price package lacks or has wrong, or whose tiers begin elsewhere there:
 * https://developers.openai.com/api/docs/pricing and
 * https://platform.claude.com/docs/en/about-claude/pricing
 */
export const LISTED_PRICES: readonly Listed[] = [
  openai("gpt-6-luna", ALWAYS, gpt("0.1", "0.01", "0.125", "0.5")),
  openai("gpt-6-sol", ALWAYS, gpt("2", "0.2", "2.5", "10")),
  openai("gpt-6.1-sol", ALWAYS, gpt("2", "0.1", "2.5", "10")),
  openai("gpt-6.1-terra", ALWAYS, gpt("1", "0.05", "1.25", "5")),
  openai("gpt-6-astra", ALWAYS, gpt("10", "1", "12.5", "50")),
  openai("gpt-5.6-luna", "2026-07-30", gpt("0.2", "0.02", "0.25", "1.2")),
  openai("gpt-5.6-terra", "2026-07-30", gpt("2", "0.2", "2.5", "12")),
  anthropic("claude-haiku-5-5", {
    from: ALWAYS,
    price: {
      ...rates("0.1", "0.01", "0.125", "0.5", "0.2"),
      tiers: [{ ...rates("0.5", "0.05", "0.625", "2.5", "1"), above: 100_000 }],
    },
  }),
  anthropic(
    "claude-sonnet-5-5",
    { from: ALWAYS, price: rates("2", "0.2", "2.5", "10", "4") },
    { from: "2026-10-07", price: rates("2", "0.1", "2.5", "10", "4") },
  ),
  anthropic("claude-opus-5-5", { from: ALWAYS, price: rates("4", "0.2", "5", "20", "8") }),
  anthropic("claude-fable-5-1", { from: ALWAYS, price: rates("10", "0.25", "12.5", "50", "20") }),
];

function openai(model: string, from: string, price: ModelPrice): Listed {
  return { provider: "openai", model, prices: [{ from, price }] };
}

function anthropic(model: string, ...prices: DatedPrice[]): Listed {
  return { provider: "anthropic", model, prices };
}

/**
 * Shutdowns: https://developers.openai.com/api/docs/deprecations (also in the SDK's types) and
 * https://platform.claude.com/docs/en/about-claude/model-deprecations. A replacement is a model of
 * the current generation.
 */
export const MODEL_ENDS: readonly End[] = [
  ...ends("openai", "2024-09-13", {
    "gpt-6-luna": "gpt-3.5-turbo-16k gpt-3.5-turbo-16k-0613 gpt-3.5-turbo-0613 gpt-3.5-turbo-0301",
  }),
  ...ends("openai", "2024-12-06", { "gpt-6.1-sol": "gpt-4-vision-preview" }),
  ...ends("openai", "2025-06-06", { "gpt-6.1-sol": "gpt-4-32k gpt-4-32k-0314 gpt-4-32k-0613" }),
  ...ends("openai", "2025-07-28", { "gpt-6.1-sol": "o1-preview o1-preview-2024-09-12" }),
  ...ends("openai", "2025-10-27", { "gpt-6.1-terra": "o1-mini o1-mini-2024-09-12" }),
  ...ends("openai", "2026-02-17", { "gpt-6-luna": "chatgpt-4o-latest" }),
  ...ends("openai", "2026-03-26", {
    "gpt-6.1-sol": "gpt-4-0125-preview gpt-4-turbo-preview gpt-4-0314",
  }),
  ...ends("openai", "2026-07-23", { "gpt-6.1-sol": "gpt-5.1-chat-latest gpt-5-chat-latest" }),
  ...ends("openai", "2026-08-10", { "gpt-6.1-sol": "gpt-5.3-chat-latest gpt-5.2-chat-latest" }),
  ...ends("openai", "2026-09-28", { "gpt-6-luna": "gpt-3.5-turbo-1106" }),
  ...ends("openai", "2026-10-23", {
    "gpt-6-luna": "gpt-4.1-nano gpt-4.1-nano-2025-04-14 gpt-3.5-turbo gpt-3.5-turbo-0125",
    "gpt-6.1-terra": "o4-mini o4-mini-2025-04-16 o3-mini o3-mini-2025-01-31",
    "gpt-6.1-sol":
      "o1 o1-2024-12-17 gpt-4o-2024-05-13 gpt-4-turbo gpt-4-turbo-2024-04-09 gpt-4-1106-preview gpt-4 gpt-4-0613",
  }),
  ...ends("openai", "2026-12-11", {
    "gpt-6.1-sol": "gpt-5 gpt-5-2025-08-07 o3 o3-2025-04-16",
    "gpt-6.1-terra": "gpt-5-mini gpt-5-mini-2025-08-07",
    "gpt-6-luna": "gpt-5-nano gpt-5-nano-2025-08-07",
  }),
  ...ends("openai", "2027-01-14", {
    "gpt-6-luna":
      "gpt-4o gpt-4o-2024-08-06 gpt-4o-2024-11-20 gpt-4o-mini gpt-4o-mini-2024-07-18 gpt-4.1 gpt-4.1-2025-04-14 gpt-4.1-mini gpt-4.1-mini-2025-04-14",
  }),
  ...ends("openai", "2027-02-26", {
    "gpt-transcribe":
      "whisper-1 gpt-4o-transcribe gpt-4o-transcribe-diarize gpt-4o-mini-transcribe gpt-4o-mini-transcribe-2025-12-15",
  }),
  ...ends("openai", "2027-04-01", {
    "gpt-6.1-sol": "gpt-5.1 gpt-5.1-2025-11-13",
    "gpt-6-luna": "gpt-5.4-nano gpt-5.4-nano-2026-03-17",
  }),
  ...ends("anthropic", "2026-11-30", {
    "claude-sonnet-5-5": "claude-sonnet-4-5 claude-sonnet-4-5-20250929",
  }),
  ...ends("anthropic", "2027-01-22", {
    "claude-opus-5-5": "claude-opus-4-5 claude-opus-4-5-20251101",
  }),
];

/** Ends of one day: the models, separated by blanks, under their replacement. */
function ends(provider: string, on: string, models: Readonly<Record<string, string>>): End[] {
  return Object.entries(models).map(([replacement, names]) => ({
    provider,
    models: names.split(" "),
    on,
    replacement,
  }));
}
