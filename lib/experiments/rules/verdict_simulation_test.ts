import { randomFrom } from "@/tests/money/fates.ts";
import { assert } from "@/tests/support/assert.ts";
import { drawsFrom } from "@/tests/support/reference_statistics.ts";
import { type Letter, LETTERS } from "../../shared/views/experiment_view.ts";
import { plannedTotal } from "./planning.ts";
import { sampleRatio } from "./sample_ratio.ts";
import { verdictOf } from "./verdict.ts";

const DAYS = 60;

interface World {
  /** True rate of each variant, from A on. */
  rates: readonly number[];
  /** People of each variant a day, on average; each person's variant is drawn. */
  perDay: number;
  planned: number;
  runs: number;
  seed: number;
}

interface Outcome {
  /** Runs in which a verdict named each variant on some day, the first time. */
  named: Map<Letter, number>;
  /** Median of the days until then. */
  median: number;
  /** Runs that ended with "no difference". */
  level: number;
  /** Runs in which a verdict denied, on some day, a difference as large as the true one. */
  denied: number;
}

/** Simulates experiments that somebody looks at each day, and acts on at the first winner. */
function simulate({ rates, perDay, planned, runs, seed }: World): Outcome {
  const draws = drawsFrom(randomFrom(seed));
  const named = new Map<Letter, number>();
  const days: number[] = [];
  let level = 0, denied = 0;
  const truth = Math.max(...rates) - Math.min(...rates);
  for (let run = 0; run < runs; run++) {
    const arms = rates.map((rate, at) => ({
      letter: LETTERS[at] ?? "A",
      share: 100 / rates.length,
      people: 0,
      counted: { good: 0, n: 0 },
      rate,
    }));
    let wrong = false;
    for (let day = 1; day <= DAYS; day++) {
      let left = perDay * rates.length;
      arms.forEach((arm, at) => {
        const rest = rates.length - at;
        const people = rest === 1 ? left : draws.binomial(left, 1 / rest);
        left -= people;
        arm.people += people;
        arm.counted.n += people;
        arm.counted.good += draws.binomial(people, arm.rate);
      });
      const ratio = sampleRatio(
        arms.map(({ people }) => people),
        arms.map(({ share }) => share),
      );
      const verdict = verdictOf(arms, { planned, ratio });
      if (verdict.code === "better") {
        named.set(verdict.winner, (named.get(verdict.winner) ?? 0) + 1);
        days.push(day);
        break;
      }
      if (verdict.code !== "no_difference") continue;
      if (day === DAYS) level++;
      if (verdict.below < truth) wrong = true;
    }
    if (wrong) denied++;
  }
  days.sort((one, other) => one - other);
  return { named, median: days[days.length >> 1] ?? NaN, level, denied };
}

function show(what: string, runs: number, { named, median, level }: Outcome): void {
  const percent = (count: number) => `${(100 * count / runs).toFixed(1)}%`;
  const winners = [...named].sort().map(([letter, count]) => `${letter} ${percent(count)}`);
  // deno-lint-ignore no-console -- figures to read, in the output of the tests
  console.info(
    `${what}: ${winners.join(", ") || "nobody"} named (day ${median}), no difference ${
      percent(level)
    }`,
  );
}

const sumOf = ({ named }: Outcome) => [...named.values()].reduce((sum, count) => sum + count, 0);

Deno.test("verdictOf() names a false winner in at most 5% of 2,000 A/A tests, looked at for 60 days", () => {
  const runs = 2_000;
  for (const perDay of [3, 50, 500]) {
    // The plan for a large difference, and the smallest, which is far too small for the traffic.
    for (const planned of [100, plannedTotal(0.3, 0.5, [50, 50]), 5_000]) {
      const found = simulate({ rates: [0.3, 0.3], perDay, planned, runs, seed: 1_000 + perDay });
      show(`A/A at ${perDay} a day, N* ${planned}`, runs, found);
      assert.ok(sumOf(found) <= 0.05 * runs, `${sumOf(found)} of ${runs}`);
    }
  }
});

Deno.test("verdictOf() names a false winner in at most 5% of A/A tests of high and low rates", () => {
  const runs = 2_000;
  for (const rate of [0.05, 0.5, 0.9, 0.97]) {
    const found = simulate({ rates: [rate, rate], perDay: 3, planned: 400, runs, seed: 2_000 });
    show(`A/A of ${rate} at 3 a day`, runs, found);
    assert.ok(sumOf(found) <= 0.05 * runs, `${sumOf(found)} of ${runs}`);
  }
});

Deno.test("verdictOf() finds 30 to 50% at 3 people an arm a day in at least 80%", () => {
  const runs = 1_000, planned = plannedTotal(0.3, 0.5, [50, 50]);
  const found = simulate({ rates: [0.3, 0.5], perDay: 3, planned, runs, seed: 3_000 });
  show(`30 to 50% at 3 a day, N* ${planned}`, runs, found);
  assert.ok((found.named.get("B") ?? 0) >= 0.8 * runs);
});

Deno.test("verdictOf() finds 30 to 36% at 3,000 people an arm in at least 90%", () => {
  const runs = 1_000, planned = plannedTotal(0.3, 0.36, [50, 50]);
  const found = simulate({ rates: [0.3, 0.36], perDay: 50, planned, runs, seed: 4_000 });
  show(`30 to 36% at 50 a day, N* ${planned}`, runs, found);
  assert.ok((found.named.get("B") ?? 0) >= 0.9 * runs);
});

Deno.test("verdictOf() denies a true difference in at most 5%, looked at for 60 days", () => {
  const runs = 1_000;
  for (const rates of [[0.5, 0.54], [0.5, 0.58], [0.5, 0.52, 0.57]]) {
    const found = simulate({ rates, perDay: 10, planned: 400, runs, seed: 6_000 });
    show(`${rates.join(", ")} at 10 a day, denied ${found.denied}`, runs, found);
    assert.ok(found.denied <= 0.05 * runs && found.level > 0, `${found.denied}`);
  }
});

Deno.test("verdictOf() of several variants names a false winner in at most 5%, also of two best", () => {
  const runs = 1_000;
  const cases: { rates: number[]; best: Letter | null }[] = [
    { rates: [0.3, 0.3, 0.3], best: null },
    { rates: [0.3, 0.3, 0.3, 0.3, 0.3], best: null },
    { rates: [0.3, 0.5, 0.5], best: null },
    { rates: [0.3, 0.3, 0.55], best: "C" },
    { rates: [0.5, 0.3, 0.3], best: "A" },
  ];
  for (const { rates, best } of cases) {
    const found = simulate({ rates, perDay: 10, planned: 600, runs, seed: 5_000 });
    show(`${rates.join(", ")} at 10 a day`, runs, found);
    const right = best === null ? 0 : found.named.get(best) ?? 0;
    assert.ok(sumOf(found) - right <= 0.05 * runs);
    if (best !== null) assert.ok(right >= 0.9 * runs, `${right}`);
  }
});
