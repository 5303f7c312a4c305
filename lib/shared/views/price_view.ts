/** A model of the price table, with its current price. */
export interface PriceRow {
  provider: string;
  model: string;
  /** Nano-dollars per million tokens. */
  input: bigint;
  cached: bigint;
  output: bigint;
  /** Whether long prompts cost more. */
  tiered: boolean;
  own: boolean;
  /** Whether it costs nothing, being on an own server or by a price of one's own. */
  free: boolean;
  /** Names of the tools that use it. */
  tools: string[];
}

/** A custom price from a date on. */
export interface CustomPriceRow {
  provider: string;
  thing: string;
  /** Milliseconds since 1970; 0 for always. */
  from: number;
  day: string;
  text: string;
  /** Whether it applies now, applies later, or was replaced. */
  state: "now" | "later" | "past";
}

/** Fields of the form for a custom price. */
export interface PriceFields {
  provider: string;
  thing: string;
  from: string;
  input: string;
  cached: string;
  output: string;
  audio: string;
  unit: string;
}

export interface PricesView {
  rows: PriceRow[];
  own: CustomPriceRow[];
  /** Version of the custom prices, which forms send back. */
  seen: string;
  /** Models in use without a price: their tools cannot answer. */
  unpriced: { model: string; tools: string[] }[];
  /** The current provider, for models without a price. */
  provider: string;
  /** Source of prices that are not custom. */
  source: string;
  today: string;
}
