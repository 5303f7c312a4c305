import { wilsonInterval } from "../../feedback/rules/wilson.ts";
import type { Counted, Interval } from "../../shared/views/experiment_view.ts";

/** Wilson interval of a rate at 95%; without units it is all that is possible. */
export function wilson({ good, n }: Counted): Interval {
  return wilsonInterval(good, n) ?? { low: 0, high: 1 };
}

/**
 * Newcombe's interval of the difference `a` − `b` at 95%, for one look at a fixed time.
 * Formula: R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, method 10.
 */
export function newcombe(a: Counted, b: Counted): Interval {
  const rateA = a.good / a.n;
  const rateB = b.good / b.n;
  const ofA = wilson(a);
  const ofB = wilson(b);
  const difference = rateA - rateB;
  return {
    low: difference - Math.hypot(rateA - ofA.low, ofB.high - rateB),
    high: difference + Math.hypot(ofA.high - rateA, rateB - ofB.low),
  };
}

/** Variance of a measured rate; never 0, as the rate is smoothed by half a success and failure. */
export function rateVariance({ good, n }: Counted): number {
  const smoothed = (good + 0.5) / (n + 1);
  return smoothed * (1 - smoothed) / n;
}
