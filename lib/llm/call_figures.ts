import type { Clock } from "../platform/clock.ts";
import type { Breakers } from "./breaker.ts";

const HOUR_MS = 3_600_000;
const HOURS = 24;
/** Times to the first word that are kept of a provider. */
const MOST_TIMES = 100;

interface Hour {
  answered: number;
  failed: number;
}

interface Kept {
  /** By the number of the hour since 1970. */
  hours: Map<number, Hour>;
  firstMs: number[];
  lastAnswer: number | null;
  lastFailure: number | null;
}

/** Calls of a provider in the last 24 hours. */
export interface ProviderCalls {
  /** Answered or failed; a reply that broke off is both, and counts once in each. */
  calls: number;
  failed: number;
  /** Median time to the first word of the latest calls, in ms; null without one. */
  firstMs: number | null;
  lastAnswer: number | null;
  lastFailure: number | null;
}

/** Counts this process's calls of each provider. */
export class CallFigures {
  private readonly providers = new Map<string, Kept>();

  constructor(private readonly clock: Clock, breakers: Pick<Breakers, "onSign">) {
    breakers.onSign((sign) => {
      const kept = this.of(sign.provider);
      const at = this.clock();
      const hour = this.hour(kept, at);
      if ("fault" in sign) {
        hour.failed++;
        kept.lastFailure = at;
      } else {
        hour.answered++;
        kept.lastAnswer = at;
        kept.firstMs = [...kept.firstMs, sign.answeredMs].slice(-MOST_TIMES);
      }
    });
  }

  /** The figures of a provider; null before its first call. */
  calls(provider: string): ProviderCalls | null {
    const kept = this.providers.get(provider);
    if (!kept) return null;
    const { hours, lastAnswer, lastFailure } = kept;
    const first = Math.floor(this.clock() / HOUR_MS) - HOURS + 1;
    const recent = [...hours].filter(([hour]) => hour >= first).map(([, each]) => each);
    const failed = recent.reduce((sum, each) => sum + each.failed, 0);
    const calls = recent.reduce((sum, each) => sum + each.answered, failed);
    return { calls, failed, firstMs: medianOf(kept.firstMs), lastAnswer, lastFailure };
  }

  private of(provider: string): Kept {
    const before = this.providers.get(provider);
    if (before) return before;
    const kept = { hours: new Map(), firstMs: [], lastAnswer: null, lastFailure: null };
    this.providers.set(provider, kept);
    return kept;
  }

  private hour({ hours }: Kept, at: number): Hour {
    const number = Math.floor(at / HOUR_MS);
    const before = hours.get(number);
    if (before) return before;
    for (const old of hours.keys()) if (old <= number - HOURS) hours.delete(old);
    const hour = { answered: 0, failed: 0 };
    hours.set(number, hour);
    return hour;
  }
}

function medianOf(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
