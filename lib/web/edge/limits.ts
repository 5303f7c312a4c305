import { AppError } from "../../platform/errors.ts";
import type { RateDecision, RateLimit } from "../../limits/rules/rate.ts";

/**
 * The RateLimit fields of draft-ietf-httpapi-ratelimit-headers-11: the policy, the remaining quota,
 * and the seconds until it grows. They contain no address.
 */
export function rateHeaders(
  name: string,
  rate: RateLimit,
  state: RateDecision,
  now: number,
): [string, string][] {
  const oldest = state.times[0] ?? now;
  const resetMs = Math.max(state.waitMs, oldest + rate.windowMs - now);
  return fields(name, rate, state.remaining, resetMs);
}

/** The same for a request refused by the limit; none for any other error. */
export function refusedHeaders(name: string, rate: RateLimit, error: unknown): [string, string][] {
  if (!(error instanceof AppError) || error.kind !== "limited") return [];
  return fields(name, rate, 0, error.retryAfterMs ?? rate.windowMs);
}

function fields(
  name: string,
  rate: RateLimit,
  remaining: number,
  resetMs: number,
): [string, string][] {
  return [
    ["ratelimit-policy", `"${name}";q=${rate.limit};w=${Math.round(rate.windowMs / 1000)}`],
    ["ratelimit", `"${name}";r=${remaining};t=${Math.ceil(resetMs / 1000)}`],
  ];
}
