import type { FailureCode } from "../locales/errors/turn_codes.ts";
import { ProviderError } from "../llm/provider.ts";
import { AppError } from "../platform/errors.ts";
import type { Failure } from "./records.ts";

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
};

/** Failures that would come again: the same question need not be asked. */
const FINAL: ReadonlySet<FailureCode> = new Set([
  "provider-filtered",
  "provider-only-thinking",
  "provider-refused",
  "provider-too-long",
]);

/** What became of a failed reply; nothing of the provider's own words. */
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

/** A turn whose process ended under it. */
export function interrupted(): Failure {
  return failed("interrupted");
}

/** The model answered nothing. */
export function emptyReply(): Failure {
  return failed("empty-reply");
}

/** The store can never take the reply. */
export function unstorableReply(): Failure {
  return failed("unsaved");
}

function failed(code: FailureCode, retryAfterSeconds: number | null = null): Failure {
  return { code, retryable: !FINAL.has(code), retryAfterSeconds };
}
