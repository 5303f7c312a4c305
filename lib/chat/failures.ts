import type { FailureCode } from "../locales/errors/turn_codes.ts";
import { ProviderError } from "../llm/provider.ts";
import { AppError } from "../platform/errors.ts";
import type { Failure } from "./records.ts";
import { WITHDRAWN } from "./rules/turn_texts.ts";

const PROVIDER_CODES: Readonly<Record<ProviderError["fault"], FailureCode>> = {
  account_empty: "provider-account-empty",
  broken: "provider-broken",
  busy: "provider-busy",
  down: "provider-down",
  filtered: "provider-filtered",
  only_thinking: "provider-only-thinking",
  refused: "provider-refused",
  timeout: "provider-timeout",
  too_long: "provider-too-long",
  withdrawn: WITHDRAWN,
};

/** Failures that would repeat: no retry is offered. */
const FINAL: ReadonlySet<FailureCode> = new Set([
  "provider-filtered",
  "provider-only-thinking",
  "provider-refused",
  "provider-too-long",
  "restored",
  WITHDRAWN,
]);

/** Failure of a reply by its error, without the provider's own words. */
export function failureFor(error: unknown): Failure {
  if (error instanceof ProviderError) {
    const wait = error.fault === "busy" ? error.details.retryAfterMs : undefined;
    return failed(
      PROVIDER_CODES[error.fault],
      wait === undefined ? null : Math.ceil(wait / 1000),
    );
  }
  return failed(error instanceof AppError && error.kind === "unavailable" ? "store" : "internal");
}

/** Failure of a turn whose process died. */
export function interrupted(): Failure {
  return failed("interrupted");
}

/** The model sent no text. */
export function emptyReply(): Failure {
  return failed("empty-reply");
}

/** The store can never accept the reply. */
export function unstorableReply(): Failure {
  return failed("unsaved");
}

/** The turn's records were replaced by those of a backup. */
export function replaced(): Failure {
  return failed("restored");
}

function failed(code: FailureCode, retryAfterSeconds: number | null = null): Failure {
  return { code, retryable: !FINAL.has(code), retryAfterSeconds };
}
