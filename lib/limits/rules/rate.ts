/** At most `limit` requests in any span of `windowMs` milliseconds. */
export interface RateLimit {
  limit: number;
  windowMs: number;
}

export interface RateDecision {
  admitted: boolean;
  /** Times of the requests that still count, including this one if admitted. */
  times: number[];
  /** Requests left in the current window. */
  remaining: number;
  /** Milliseconds until at least one more request is admitted (0 if one is left now). */
  waitMs: number;
}

/**
 * Sliding-log rate limit.
 * Unlike a fixed window it allows no double burst at a window's edge, and for limits this small the
 * times fit in one record.
 */
export function admit(times: readonly number[], now: number, rate: RateLimit): RateDecision {
  // Drops times more than a window ahead, so that a clock that was set back locks nothing out.
  // Smaller differences occur between the clocks of two machines.
  const counting = times.filter((at) => Math.abs(now - at) < rate.windowMs);
  const admitted = counting.length < rate.limit;
  if (admitted) counting.push(now);
  counting.sort((a, b) => a - b);
  const remaining = Math.max(0, rate.limit - counting.length);
  const freeing = counting[counting.length - rate.limit];
  const waitMs = remaining > 0 || freeing === undefined
    ? 0
    : Math.max(1, freeing + rate.windowMs - now);
  return { admitted, times: counting, remaining, waitMs };
}
