/** A model of the price table, with what it costs now. */
export interface PriceRow {
  provider: string;
  model: string;
  /** Nano-dollars per million tokens. */
  input: bigint;
  cached: bigint;
  output: bigint;
  /** Whether long prompts cost more. */
  tiered: boolean;
  /** Whether the price is the organisation's own. */
  own: boolean;
  /** Names of the tools that use it. */
  tools: string[];
}

/** A price of one's own, from an instant on. */
export interface CustomPriceRow {
  provider: string;
  thing: string;
  /** Milliseconds since 1970; 0 for always. */
  from: number;
  /** The day of it. */
  day: string;
  /** What it says, in words. */
  text: string;
  /** Whether it holds now, comes later, or has been replaced. */
  state: "now" | "later" | "past";
}

/** What the form of an own price says. */
export interface PriceFields {
  provider: string;
  thing: string;
  from: string;
  input: string;
  cached: string;
  output: string;
  unit: string;
}

export interface PricesView {
  rows: PriceRow[];
  own: CustomPriceRow[];
  /** Models in use without a price: their tools cannot answer. */
  unpriced: { model: string; tools: string[] }[];
  /** The provider that answers, for what has no price. */
  provider: string;
  /** The list that prices come from that are not one's own. */
  source: string;
  /** The day, for a new price. */
  today: string;
}
