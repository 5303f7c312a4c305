export const COST_COLUMNS = [
  "Day",
  "Of",
  "Id",
  "Name",
  "Spent (USD)",
  "Of it simulated (USD)",
  "Replies",
  "Errors",
  "Input tokens",
  "Of it cached",
  "Output tokens",
  "First words: half within (ms)",
  "First words: 95% within (ms)",
  "Rated good",
  "Rated bad",
] as const;

/** Name of WhatsApp's market, as Meta's card writes it: "Rest of Latin America". */
export function marketName(market: string): string {
  return market.split("-").map((word) =>
    word === "of" || word === "and" ? word : word.charAt(0).toUpperCase() + word.slice(1)
  ).join(" ");
}

export const CALCULATOR = {
  wholeNumbers: "Each takes a whole number from 0 to 10,000,000.",
  cached: "Of the tokens sent, no more can come from the cache than are sent.",
} as const;

export const HEALTH = {
  silent: "The store does not answer",
  unreadable: "The store cannot be read",
  modelPaused: "A model failed and is not asked for some minutes",
  providerShut: "The provider refuses the key, or its account is empty",
  backup: "The last backup failed, or could not be restored for a trial",
  leaving: "The server is shutting down, and another one takes new requests",
  clock: "The clock jumped: nothing old is deleted for now",
} as const;

/** Why the store takes a write never, or not at the moment. */
export const STORE_FAULTS = {
  value: "A value is too large",
  key: "A key is too large",
  values: "All its values together are too large",
  parts: "It has too many parts",
  data: "It is no data",
  diskFull: "The disk is full",
  readOnly: "The store is read-only",
  diskError: "The disk reports an error",
  damaged: "The store's file is damaged",
  closed: "The store is closed",
} as const;

/** Names of costs that are no tool's, by their id in the ledger. */
export const OTHER_COSTS: Readonly<Record<string, string>> = {
  "provider-test": "Tests of providers",
};
