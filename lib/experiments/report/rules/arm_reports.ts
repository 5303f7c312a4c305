import type { NanoUsd } from "../../../shared/money.ts";
import type { ArmReport, Counted, Letter, Measure } from "../../../shared/views/experiment_view.ts";
import type { ArmDay, ArmDayRow, Experiment } from "../../records.ts";
import { chanceToBeBest, expectedLoss, shrunkRates } from "../../rules/bayes.ts";
import { wilson } from "../../rules/proportions.ts";
import { ratioOverDays, type SampleRatio, type SplitDay } from "../../rules/sample_ratio.ts";
import { FEWEST_UNITS } from "../../rules/sequential.ts";
import { type ArmCounts, type CountedDay, countedPeriods } from "../../rules/verdict.ts";

/** Counts of an experiment, for its report. */
export interface ArmFigures {
  variants: Experiment["variants"];
  measure: Measure;
  /** Counts of days with turns. */
  rows: readonly ArmDayRow[];
  spent: Partial<Record<Letter, NanoUsd>>;
}

/** Successes and units of counts: people who rated, or people who came. */
export function countedIn(
  { code }: Measure,
  { up, down, reached, people }: Pick<ArmDay, "up" | "down" | "reached" | "people">,
): Counted {
  return code === "rated" ? { good: up, n: up + down } : { good: reached, n: people };
}

/** The sum of one count of a variant. */
export function sumOfArm(
  rows: readonly ArmDayRow[],
  letter: Letter,
  count: keyof ArmDay,
): number {
  return rows.reduce((sum, row) => row.letter === letter ? sum + row[count] : sum, 0);
}

/**
 * The variants' counts, as they are compared.
 * @param changes days on which the shares changed after the start
 */
export function armCounts(
  figures: Omit<ArmFigures, "spent">,
  changes: readonly string[],
): ArmCounts[] {
  const { variants, measure, rows } = figures;
  const days = countedDays(figures, [...new Set(rows.map(({ day }) => day))].sort());
  return variants.map(({ letter, share }) => ({
    letter,
    share,
    people: sumOfArm(rows, letter, "people"),
    counted: countedOf(measure, rows, letter),
    periods: countedPeriods(days, letter, changes),
  }));
}

/** The variants' figures; the secondary ones only with a fair split and enough units. */
export function armReports(
  { variants, measure, rows, spent }: ArmFigures,
  { fair }: SampleRatio,
): ArmReport[] {
  const counted = variants.map(({ letter }) => countedOf(measure, rows, letter));
  const enough = fair && counted.every(({ n }) => n >= FEWEST_UNITS);
  const chances = enough ? chanceToBeBest(counted) : [];
  const losses = enough ? expectedLoss(counted) : [];
  const shrunk = enough ? shrunkRates(counted) : [];
  return variants.map(({ letter, note, share }, index): ArmReport => {
    const sum = (count: keyof ArmDay) => sumOfArm(rows, letter, count);
    const units = counted[index] ?? { good: 0, n: 0 };
    const conversations = sum("conversations"), waits = sum("waits");
    return {
      letter,
      note,
      share,
      people: sum("people"),
      counted: units,
      rate: units.n < FEWEST_UNITS ? null : { rate: units.good / units.n, interval: wilson(units) },
      perConversation: conversations === 0 ? null : (spent[letter] ?? 0n) / BigInt(conversations),
      firstWordMs: waits === 0 ? null : sum("waitedMs") / waits,
      turns: sum("turns"),
      failed: sum("failed"),
      degraded: sum("degraded"),
      failedOver: sum("failedOver"),
      refused: sum("refused"),
      chanceToBeBest: chances[index] ?? null,
      expectedLoss: losses[index] ?? null,
      shrunk: shrunk[index] ?? null,
    };
  });
}

function countedOf(measure: Measure, rows: readonly ArmDayRow[], letter: Letter): Counted {
  const [people, up, down, reached] = (["people", "up", "down", "reached"] as const)
    .map((count) => sumOfArm(rows, letter, count));
  return countedIn(measure, {
    people: people ?? 0,
    up: up ?? 0,
    down: down ?? 0,
    reached: reached ?? 0,
  });
}

/** What was counted on each of the days. */
export function countedDays(
  { measure, rows, variants }: Omit<ArmFigures, "spent">,
  days: readonly string[],
): CountedDay[] {
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return days.map((day) => ({
    day,
    counted: Object.fromEntries(variants.map(({ letter }) => [
      letter,
      countedOf(measure, byDay.get(day) ?? [], letter),
    ])),
  }));
}

/** Shares of an experiment since its start, and the bounds of its days. */
interface Split extends Pick<Experiment, "variants" | "shareChanges"> {
  rows: readonly ArmDayRow[];
  days: readonly { day: string; from: number; until: number }[];
}

/** Whether people came to the variants by their shares, day by day. */
export function splitRatio({ variants, shareChanges, rows, days }: Split): SampleRatio {
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return ratioOverDays(days.map(({ day, from, until }): SplitDay => {
    const [start, ...changes] = shareChanges;
    const before = changes.filter(({ at }) => at < from).at(-1) ?? start;
    const within = changes.some(({ at }) => at >= from && at < until);
    return {
      people: variants.map(({ letter }) => sumOfArm(byDay.get(day) ?? [], letter, "people")),
      shares: within ? null : before?.shares ?? null,
    };
  }));
}
