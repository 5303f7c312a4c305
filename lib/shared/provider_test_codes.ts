/** Outcomes of a provider's test. */
export const PROVIDER_TEST_CODES = [
  "answered",
  "key_refused",
  "account_empty",
  "busy",
  "down",
  "timeout",
  "broken",
  "refused",
  "no_price",
  "no_model",
  "no_budget",
] as const;
export type ProviderTestCode = (typeof PROVIDER_TEST_CODES)[number];
