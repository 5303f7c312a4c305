import type { RatingCounts } from "../feedback/rules/review.ts";
import { latencyPercentile } from "../metering/rules/latency_histogram.ts";
import { wilsonInterval } from "../feedback/rules/wilson.ts";
import type { NanoUsd } from "../shared/money.ts";
import type { Figures, Satisfaction, Span } from "../shared/views/report_view.ts";
import type { DayHours, Load } from "../metering/hour_records.ts";
import type { DayTotal } from "../metering/records.ts";
import { EMPTY_LOAD, mergeLoads } from "../metering/hours.ts";
import { addTotals, EMPTY_DAY, repliesIn } from "../metering/ledger.ts";

/** Figures from the ledger's sums, the hourly loads and the ratings. */
export function figuresOf(
  totals: readonly DayTotal[],
  loads: readonly Load[],
  ratings: readonly RatingCounts[],
): Figures {
  const sum = totals.reduce(addTotals, EMPTY_DAY);
  const { spent, simulated, input, cached, output } = sum;
  const { turns, errors, waits } = loads.reduce(mergeLoads, EMPTY_LOAD);
  return {
    spent,
    simulated,
    messages: repliesIn(sum),
    input,
    cached,
    output,
    errors,
    errorRate: turns === 0 ? null : errors / turns,
    wait50: latencyPercentile(waits, 0.5),
    wait95: latencyPercentile(waits, 0.95),
    satisfaction: satisfactionOf(ratings),
  };
}

/** Ratings added up. */
function satisfactionOf(ratings: readonly RatingCounts[]): Satisfaction {
  const up = ratings.reduce((sum, each) => sum + each.up, 0);
  const down = ratings.reduce((sum, each) => sum + each.down, 0);
  return { up, down, range: wilsonInterval(up, up + down) };
}

/** A day's or an hour's load for a chart; without a load only its cost. */
export function spanOf(
  label: string,
  spent: NanoUsd,
  messages: number,
  load: Load | null,
): Span {
  const wait50 = load === null ? null : latencyPercentile(load.waits, 0.5);
  return { label, spent, messages, errors: load?.errors ?? null, wait50 };
}

/** 24 hours of local time, added up over the days. */
export function hourly(days: readonly DayHours[]): Span[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const load = days.reduce((sum, { slots }) => {
      const slot = slots[hour] ?? null;
      return slot === null ? sum : mergeLoads(sum, slot);
    }, EMPTY_LOAD);
    const label = `${String(hour).padStart(2, "0")}:00`;
    return spanOf(label, load.spent, repliesIn(load), load);
  });
}

/** All turns of a day, added up over the channels, of which there are fewest. */
export function wholeDay(hours: DayHours | null): Load {
  return Object.values(hours?.channels ?? {}).reduce(mergeLoads, EMPTY_LOAD);
}

/** Percentage rounded down, so that 100 means all; null without a whole. */
export function percentOf(part: NanoUsd, whole: NanoUsd | null): number | null {
  return whole === null || whole === 0n ? null : Number(part * 100n / whole);
}
