import * as list from "@pydantic/genai-prices";
import { factsOf, type ModelFacts, priceAt } from "./rules/model_facts.ts";
import { type ListedModel, mayChat } from "./rules/listed_models.ts";
import { LISTED_PRICES } from "./rules/model_list.ts";
import { bareName, type ModelRef, pricingProviderOf } from "./rules/model_ref.ts";
import { type ModelPrice, modelPrice, type Rates } from "./rules/prices.ts";
import { BoundedMap } from "../shared/bounded_map.ts";
import type { NanoUsd } from "../shared/money.ts";

/** Source of prices that are not set by the organisation. */
export const PRICE_LIST = "genai-prices 0.1.8";

/** Where a provider's list prices come from. */
export interface PriceSource {
  /** The address of its API; null for the provider's own one. */
  url: string | null;
  /** Whether it is a server of the organisation: its models cost nothing, unless priced. */
  own: boolean;
}

/** All known facts of a model: from its name, the price lists and the organisation's settings. */
export interface ModelEntry extends ModelRef, ModelFacts {
  /** Whether its shutdown day has begun. */
  ended: boolean;
  /** The price in force; null when unknown. Only own servers cost 0. */
  price: ModelPrice | null;
}

export interface PricedModel extends ModelEntry {
  price: ModelPrice;
}

/** The models with their prices and facts. "mock" has the models and prices of "openai". */
export interface ModelCatalogue {
  entry(ref: ModelRef): ModelEntry;
  /** The price of a model in force; null when unknown. Only own servers cost 0. */
  priceOf(provider: string, model: string): ModelPrice | null;
  /**
   * Chat models of a provider that have a known price and have not ended, by input and output rate
   * ascending.
   */
  pricedModels(provider: string): PricedModel[];
  /** Size of the context window in tokens as listed, which is rounded; null when unknown. */
  contextOf(provider: string, model: string): number | null;
  /** Whether a model's shutdown day has begun. */
  hasEnded(ref: ModelRef): boolean;
}

export interface CatalogueOptions {
  /**
   * Prices by `provider/model` that override the package's; read at every call, so the map may
   * change. A negative rate or an invalid value makes the model's price unknown.
   */
  overrides?: ReadonlyMap<string, ModelPrice>;
  /** The providers whose prices are not those listed under their names. */
  sources?: ReadonlyMap<string, PriceSource>;
  /** The models that providers list, by `provider/model`; read at every call. */
  claims?: ReadonlyMap<string, ListedModel>;
  /** Milliseconds since 1970: some prices change on a date. */
  now?: () => number;
}

/** A model's prices in the package, in dollars per million tokens and other units. */
type Listed = NonNullable<ReturnType<typeof list.calcPrice>>["model_price"];

/** Size of the lookup cache; names come from administrators, so it stays far below. */
const MAX_KNOWN = 1_000;

/**
 * Combines the price package with our own list and the overrides. Its rates are converted once,
 * exactly.
 */
export function openCatalogue(options: CatalogueOptions = {}): ModelCatalogue {
  const { overrides, sources, claims, now = Date.now } = options;
  const known = new BoundedMap<string, ModelPrice | null>(MAX_KNOWN);
  let knownOn = NaN;

  function priceOf(provider: string, model: string): ModelPrice | null {
    const seller = pricingProviderOf(provider);
    const key = `${seller}/${model}`;
    const override = overrides?.get(key);
    if (override) return modelPrice.safeParse(override).success ? override : null;
    const day = Math.floor(now() / 86_400_000);
    if (day !== knownOn) known.clear();
    knownOn = day;
    let price = known.get(key);
    if (price === undefined) {
      const listed = sellerOf(seller);
      price = listed === null ? null : look(listed, model, new Date(now()));
      known.set(key, price ??= sources?.get(seller)?.own ? FREE : null);
    }
    return price;
  }

  /** The name in the price list of who bills for a provider's models; null for nobody known. */
  function sellerOf(provider: string): string | null {
    const source = sources?.get(provider);
    if (!source) return provider;
    if (source.url === null) return provider;
    return source.own ? null : list.findProvider({ providerApiUrl: source.url })?.id ?? null;
  }

  function pricedModels(provider: string): PricedModel[] {
    const seller = pricingProviderOf(provider);
    const lister = sellerOf(seller);
    const listed = lister === null ? [] : list.findProvider({ providerId: lister })?.models ?? [];
    const names = listed.filter((m) => !m.deprecated).map((m) => m.id)
      .filter((model) => model === bareName(model) && factsOf({ provider, model }).chat);
    for (const { provider, model } of LISTED_PRICES) if (provider === lister) names.push(model);
    if (sources?.get(seller)?.url) {
      for (const key of claims?.keys() ?? []) {
        if (key.startsWith(`${seller}/`)) names.push(key.slice(seller.length + 1));
      }
    }
    for (const key of overrides?.keys() ?? []) {
      if (key.startsWith(`${seller}/`)) names.push(key.slice(seller.length + 1));
    }
    return [...new Set(names)].filter(mayChat)
      .map((model) => entry({ provider, model }))
      .filter((each): each is PricedModel => each.price !== null && !each.ended)
      .sort((a, b) => Number(rank(a.price) - rank(b.price)) || (a.model < b.model ? -1 : 1));
  }

  function entry(ref: ModelRef): ModelEntry {
    const { provider, model } = ref;
    const claim = claimOf(ref);
    const facts = factsOf(ref);
    const endsOn = claim?.endsOn ?? facts.endsOn;
    return {
      ...ref,
      ...facts,
      endsOn,
      ended: isOver(endsOn),
      longestReply: claim?.longestReply ?? facts.longestReply,
      context: contextOf(provider, model),
      price: priceOf(provider, model),
    };
  }

  const claimOf = ({ provider, model }: ModelRef) => claims?.get(`${provider}/${model}`);
  const isOver = (endsOn: string | null) =>
    endsOn !== null && endsOn <= new Date(now()).toISOString().slice(0, 10);
  const hasEnded = (ref: ModelRef) => isOver(claimOf(ref)?.endsOn ?? factsOf(ref).endsOn);

  function contextOf(provider: string, model: string): number | null {
    const ref = { provider, model };
    const context = claimOf(ref)?.context ?? factsOf(ref).context;
    if (context !== null) return context;
    const seller = sellerOf(pricingProviderOf(provider));
    if (seller === null) return null;
    try {
      const found = list.calcPrice({}, model, { providerId: seller });
      return found?.model.context_window || null;
    } catch {
      return null;
    }
  }

  return { entry, priceOf, pricedModels, contextOf, hasEnded };
}

/** The price of models on the organisation's own servers. */
const FREE: ModelPrice = { input: 0n, cachedInput: 0n, output: 0n, audioInput: 0n };

const rank = (price: ModelPrice) => price.input + price.output;

function look(provider: string, model: string, at: Date): ModelPrice | null {
  const { billedByToken, prices } = factsOf({ provider, model });
  if (!billedByToken) return null;
  const own = priceAt(prices, at.getTime());
  if (own !== null) return own;
  try {
    const found = list.calcPrice({}, model, { providerId: provider, timestamp: at });
    // Prices by the hour are not supported: a price is kept for a day.
    const prices = found?.model.prices;
    if (Array.isArray(prices) && prices.some((p) => p.constraint?.type === "time_of_date")) {
      return null;
    }
    return found ? convert(found.model_price) : null;
  } catch {
    return null; // An unknown provider, or an entry that the package cannot read.
  }
}

/** Converts a price, with a tier at each input count where a rate differs; null without both. */
function convert(listed: Listed): ModelPrice | null {
  const base = ratesAbove(listed, -1);
  if (!base) return null;
  const starts = Object.values(listed).flatMap((rate) =>
    typeof rate === "object" ? rate.tiers.map((tier) => tier.start) : []
  );
  const tiers = [...new Set(starts)].sort((a, b) => a - b).flatMap((above) => {
    const rates = ratesAbove(listed, above);
    return rates ? [{ ...rates, above }] : [];
  });
  return tiers.length > 0 ? { ...base, tiers } : base;
}

function ratesAbove(listed: Listed, start: number): Rates | null {
  const rate = (key: string): NanoUsd | null => {
    const value = listed[key];
    if (typeof value !== "object") return nanos(value);
    return nanos(value.tiers.findLast((tier) => tier.start <= start)?.price ?? value.base);
  };
  const input = rate("input_mtok");
  const output = rate("output_mtok");
  if (input === null || output === null) return null;
  const cacheWrite = rate("cache_write_mtok");
  const cacheWriteHour = rate("cache_write_1h_mtok");
  const audioInput = rate("input_audio_mtok");
  return {
    input,
    cachedInput: rate("cache_read_mtok") ?? input,
    ...(cacheWrite === null ? {} : { cacheWrite }),
    ...(cacheWriteHour === null ? {} : { cacheWriteHour }),
    output,
    ...(audioInput === null ? {} : { audioInput }),
  };
}

/** Converts dollars to nano-dollars by their decimal form, rounded up beyond nine places. */
function nanos(dollars: number | undefined): NanoUsd | null {
  if (dollars === undefined || !Number.isFinite(dollars) || dollars < 0) return null;
  const [whole = "0", fraction = ""] = dollars.toFixed(12).split(".");
  const picos = BigInt(whole + fraction.padEnd(12, "0"));
  return (picos + 999n) / 1000n;
}
