import type { RateLimit } from "../../limits/rules/rate.ts";
import type { RateDecision } from "../../limits/rules/rate.ts";

/** OpenAI's headers of a rate limit: requests a minute, and when one more is admitted. */
export function rateFields(
  limit: number,
  remaining: number,
  resetMs: number,
): [string, string][] {
  return [
    ["x-ratelimit-limit-requests", String(limit)],
    ["x-ratelimit-remaining-requests", String(remaining)],
    ["x-ratelimit-reset-requests", `${Math.max(0, Math.ceil(resetMs / 1000))}s`],
  ];
}

/** The same for a request that was admitted. */
export function admittedFields(
  { limit, windowMs }: RateLimit,
  { times, remaining }: RateDecision,
  now: number,
): [string, string][] {
  return rateFields(limit, remaining, (times[0] ?? now) + windowMs - now);
}
