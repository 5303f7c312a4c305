import type { ProviderTestCode } from "../provider_test_codes.ts";

/** A provider in the admin area. */
export interface ProviderRow {
  name: string;
  title: string;
  /** Host of its address; null for the company's own. */
  host: string | null;
  /** Whether it is a server of the organisation. */
  own: boolean;
  simulated: boolean;
  /** Whether it stands in for others, and its place among them. */
  used: boolean;
  first: boolean;
  last: boolean;
  /** Name of the setting of its key, and the key's last characters; "" where it is too short. */
  keySetting: string | null;
  keyEnd: string | null;
  /** Model and highest cost of a test; null without a known price. */
  testModel: string | null;
  testCost: bigint | null;
  state: ProviderState;
  figures: ProviderFigures | null;
  test: ProviderTestView | null;
}

/** Whether a provider is asked now. */
export type ProviderState =
  | { kind: "unused" | "answers" | "untried" | "trying" | "failed" }
  /** Failed; one call is tried at this time. */
  | { kind: "resting"; until: number; models: string[] }
  /** Closed until somebody acts. */
  | { kind: "closed"; models: string[] };

/** Calls of this process in the last 24 hours. */
export interface ProviderFigures {
  calls: number;
  failed: number;
  /** Median time to the first word in ms; null without one. */
  firstMs: number | null;
  lastAnswer: number | null;
  lastFailure: number | null;
}

export interface ProviderTestView {
  at: number;
  model: string | null;
  code: ProviderTestCode;
  key: boolean | null;
  firstMs: number | null;
  usd: bigint;
  models: number | null;
}

/** A model that tools use. */
export interface UsedModelRow {
  /** As tools name it. */
  name: string;
  provider: string;
  model: string;
  /** The provider whose prices apply. */
  pricedAs: string;
  /** Nano-dollars per million tokens; null without a known price. */
  input: bigint | null;
  output: bigint | null;
  tiered: boolean;
  /** A typical message of its tools, on average; null where none is known. */
  message: bigint | null;
  /** Names of the tools whose model it is. */
  tools: string[];
  /** Whether it also answers for others, or only does. */
  standsIn: boolean;
  /** Where the price comes from. */
  source: "list" | "organisation" | "own server" | null;
  endsOn: string | null;
  ended: boolean;
}

export interface ProvidersView {
  providers: ProviderRow[];
  models: UsedModelRow[];
  /** The provider of models that are named without one. */
  first: string;
  /** Source of prices that the organisation did not set. */
  source: string;
  timeZone: string;
}
