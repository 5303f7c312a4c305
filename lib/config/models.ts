import { z } from "zod";
import { httpUrl, list, text, wholeNumber } from "./values.ts";

const PROVIDERS = ["openai", "anthropic", "mock"] as const;
const PROVIDER_LIST = `a comma-separated list of ${PROVIDERS.join(", ")}`;
export type ProviderName = (typeof PROVIDERS)[number];

/** Providers, and the models that are asked where nobody chose one. */
export const MODEL_SETTINGS = {
  OPENAI_API_KEY: text.optional(),
  OPENAI_BASE_URL: httpUrl.optional(),
  ANTHROPIC_API_KEY: text.optional(),
  ANTHROPIC_BASE_URL: httpUrl.optional(),
  LLM_PROVIDER: list.pipe(
    z.array(z.enum(PROVIDERS, PROVIDER_LIST)).min(1, PROVIDER_LIST),
  ).optional(),
  LLM_DEFAULT_MODEL: text.default("gpt-4o-mini"),
  LLM_TRANSCRIPTION_MODEL: text.default("gpt-4o-mini-transcribe"),
  // A reply has five minutes in all.
  LLM_FIRST_TOKEN_SECONDS: wholeNumber(1, 240, "whole seconds from 1 to 240").optional(),
  MOCK_PACE_MS: wholeNumber(0, 99_999, "milliseconds").default(25),
};
