import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { type Counted, type Letter, LETTERS } from "../../shared/views/experiment_view.ts";
import { sampleRatio } from "./sample_ratio.ts";
import { ALPHA, comparisonPlan, effectOf, FEWEST_UNITS } from "./sequential.ts";
import { type ArmCounts, countedPeriods, effectSeries, verdictOf } from "./verdict.ts";

const FAIR = { chiSquare: 0, p: 1, fair: true };
const of = (good: number, n: number) => ({ good, n });

/** Arms from A on, with as many people as units. */
const armsOf = (...counts: Counted[]): ArmCounts[] =>
  counts.map((counted, at) => ({
    letter: LETTERS[at] ?? "A",
    share: Math.floor(100 / counts.length),
    people: counted.n,
    counted,
  }));

const judge = (arms: readonly ArmCounts[], planned = 400, ratio = FAIR) =>
  verdictOf(arms, { planned, ratio });

Deno.test("verdictOf() of the mock's clear report: B is better, 17 more in 100, expect nearer 14", () => {
  const verdict = judge(armsOf(of(135, 218), of(176, 223)), 500);
  assert.equal(verdict.code, "better");
  if (verdict.code !== "better") return;
  assertEquals([verdict.winner, verdict.over], ["B", "A"]);
  assertEquals(verdict.effect.estimate.toFixed(2), "0.17");
  assertEquals(verdict.effect.low.toFixed(2), "0.04");
  assertEquals(verdict.effect.high.toFixed(2), "0.30");
  assertEquals(verdict.shrunk.toFixed(3), "0.144");
});

Deno.test("verdictOf() of the mock's open report: too few ratings, 14 and 17", () => {
  assertEquals(judge(armsOf(of(9, 14), of(12, 17))), {
    code: "thin",
    needed: 20,
    counts: { A: 14, B: 17 },
  });
});

Deno.test("verdictOf() of the mock's unfair report names nobody, whatever the ratings", () => {
  const [a, b] = armsOf(of(10, 135), of(79, 80));
  assert.ok(a && b);
  const ratio = sampleRatio([135, 80], [50, 50]);
  assertEquals(judge([a, b], 400, ratio), {
    code: "unfair",
    p: ratio.p,
    people: { A: 135, B: 80 },
  });
});

Deno.test("verdictOf() keeps A when A is better than all others", () => {
  const verdict = judge(armsOf(of(170, 200), of(100, 200), of(90, 200)));
  assert.ok(verdict.code === "better" && verdict.winner === "A" && verdict.over === "B");
  assert.ok(verdict.effect.low > 0);
});

Deno.test("verdictOf() names no winner among two that are equally good, though both beat A", () => {
  const verdict = judge(armsOf(of(80, 200), of(150, 200), of(153, 200)));
  assert.ok(verdict.code === "open");
  assertEquals([verdict.leader, verdict.over], ["C", "B"]);
  assert.ok(verdict.effect.low < 0 && verdict.effect.high > 0);
});

Deno.test("verdictOf() says no difference at the planned total, and what is excluded", () => {
  const arms = armsOf(of(140, 200), of(142, 200));
  const verdict = judge(arms, 400);
  assert.ok(verdict.code === "no_difference");
  const { low, high } = effectOf(of(140, 200), of(142, 200), comparisonPlan(400, 2));
  assertEquals(verdict.below, Math.max(-low, high));
  assertEquals(judge(arms, 401).code, "open");
  // Beyond a small plan, the band is still too wide to say so.
  assertEquals(judge(armsOf(of(25, 50), of(26, 50)), 100).code, "open");
});

Deno.test("verdictOf() leaves out a variant withdrawn before 20 units, and corrects for it still", () => {
  const [a, b, c] = armsOf(of(100, 200), of(150, 200), of(1, 3));
  assert.ok(a && b && c);
  assertEquals(judge([a, b, c]).code, "thin");
  const verdict = judge([a, b, { ...c, share: 0 }]);
  assert.ok(verdict.code === "better" && verdict.winner === "B");
  assertEquals(verdict.effect, effectOf(a.counted, b.counted, comparisonPlan(400, 3)));
  assertEquals(judge([a, { ...c, share: 0 }]).code, "thin");
});

Deno.test("verdictOf() asks more of a difference the more variants there are", () => {
  const close = [of(100, 200), of(132, 200)] as const;
  assertEquals(judge(armsOf(...close)).code, "better");
  assert.notEqual(judge(armsOf(...close, of(60, 200), of(60, 200), of(60, 200))).code, "better");
});

Deno.test("verdictOf() compares within periods: shares changed between a bad week and a good one", () => {
  // Each rate is the same in both variants; most of B's people came in the good week.
  const days = [
    { day: "2026-10-01", counted: { A: of(180, 900), B: of(20, 100) } },
    { day: "2026-10-08", counted: { A: of(400, 500), B: of(400, 500) } },
  ];
  const arms = (changes: string[]) =>
    (["A", "B"] as const).map((letter): ArmCounts => {
      const periods = countedPeriods(days, letter, changes);
      const counted = periods.reduce((sum, { good, n }) => of(sum.good + good, sum.n + n));
      return { letter, share: 50, people: counted.n, counted, periods };
    });
  assert.equal(judge(arms([]), 2_000).code, "better");
  const verdict = judge(arms(["2026-10-08"]), 2_000);
  assert.equal(verdict.code, "no_difference");
  const lastOf = (changes: string[]) =>
    effectSeries(days, ["A", "B"], 2_000, changes)[0]?.days.at(-1)?.effect;
  assert.ok((lastOf([])?.low ?? 0) > 0);
  const effect = lastOf(["2026-10-08"]);
  assert.ok(effect && Math.abs(effect.estimate) < 1e-12 && effect.high < 0.1);
});

Deno.test("verdictOf() does not name a variant that was withdrawn before the other one came", () => {
  const [a, b] = armsOf(of(20, 100), of(90, 100));
  assert.ok(a && b);
  const apart = [{ ...a, periods: [of(20, 100), of(0, 0)] }, {
    ...b,
    periods: [of(0, 0), of(90, 100)],
  }];
  assert.equal(judge(apart).code, "open");
  // Nor on the few who came before.
  const few = [{ ...a, periods: [of(20, 100), of(0, 1)] }, {
    ...b,
    periods: [of(0, 0), of(90, 100)],
  }];
  assert.equal(judge(few).code, "open");
});

const counted = fc.integer({ min: 0, max: 400 }).chain((n) =>
  fc.integer({ min: 0, max: n }).map((good) => of(good, n))
);
const tables = fc.record({
  arms: fc.array(counted, { minLength: 2, maxLength: 5 }).map((counts) => armsOf(...counts)),
  planned: fc.integer({ min: 100, max: 3_000 }),
  fair: fc.boolean(),
});

Deno.test("verdictOf() names a winner only with a fair split, 20 units each and all bounds clear", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(tables, ({ arms, planned, fair }) => {
      const verdict = judge(arms, planned, { ...FAIR, fair });
      seen.set(verdict.code, (seen.get(verdict.code) ?? 0) + 1);
      const plan = comparisonPlan(planned, arms.length);
      const thin = arms.some(({ counted: { n } }) => n < FEWEST_UNITS);
      assertEquals(verdict.code === "unfair", !fair);
      assertEquals(verdict.code === "thin", fair && thin);
      if (!fair || thin) return;
      const better = arms.filter((arm) =>
        arms.every((other) => {
          if (other === arm) return true;
          const effect = effectOf(other.counted, arm.counted, plan);
          return effect.low > 0 && effect.p < ALPHA;
        })
      );
      assertEquals(
        verdict.code === "better" ? [verdict.winner] : [],
        better.map((arm) => arm.letter),
      );
      if (verdict.code === "open") {
        assert.ok(verdict.effect.estimate >= 0 && verdict.effect.low <= 0);
        assert.notEqual(verdict.leader, verdict.over);
      }
      if (verdict.code === "better") {
        assert.ok(verdict.effect.low > 0);
        assert.ok(verdict.shrunk > 0 && verdict.shrunk < verdict.effect.estimate);
      }
      if (verdict.code === "no_difference") {
        assert.ok(arms.reduce((sum, arm) => sum + arm.counted.n, 0) >= planned);
      }
    }),
    { numRuns: 3_000, seed: 19 },
  );
  assertEquals([...seen.keys()].sort(), ["better", "no_difference", "open", "thin", "unfair"]);
});

Deno.test("verdictOf() does not depend on the order of the variants", () => {
  fc.assert(
    fc.property(tables, ({ arms, planned }) => {
      const rates = new Set(arms.map(({ counted: { good, n } }) => good / n));
      fc.pre(rates.size === arms.length);
      assertEquals(judge(arms.toReversed(), planned).code, judge(arms, planned).code);
    }),
    { numRuns: 500, seed: 20 },
  );
});

Deno.test("effectSeries() adds up the days and says since when the band is clear", () => {
  const dayOf = (at: number) => `2026-10-${String(at + 1).padStart(2, "0")}`;
  const days = Array.from({ length: 30 }, (_, at) => ({
    day: dayOf(at),
    counted: { A: of(5, 10), B: of(at < 3 ? 5 : 8, 10), ...(at === 0 ? {} : { C: of(0, 1) }) },
  }));
  const [b, c] = effectSeries(days, ["A", "B", "C"], 400);
  assert.ok(b && c);
  assertEquals([b.letter, c.letter], ["B", "C"]);
  assertEquals([b.days[0]?.effect, b.days[1]?.effect === null], [null, false]);
  assertEquals(b.days.at(-1)?.base, of(150, 300));
  assertEquals(b.days.at(-1)?.variant, of(3 * 5 + 27 * 8, 300));
  assertEquals(b.days.at(-1)?.effect, effectOf(of(150, 300), of(231, 300), comparisonPlan(400, 3)));
  const clear = b.days.filter(({ effect }) => effect !== null && effect.low > 0);
  assertEquals(b.clearSince, clear[0]?.day ?? null);
  assert.ok(clear.length > 0 && clear.length < 28);
  assertEquals(c.days.findIndex(({ effect }) => effect !== null), 20);
});

Deno.test("effectSeries() forgets a band that was clear and is no longer, or on the other side", () => {
  const days = (...counts: [Letter, Counted][][]) =>
    counts.map((each, at) => ({ day: `2026-10-0${at + 1}`, counted: Object.fromEntries(each) }));
  const up: [Letter, Counted][] = [["A", of(10, 40)], ["B", of(36, 40)]];
  const level: [Letter, Counted][] = [["A", of(30, 40)], ["B", of(4, 40)]];
  const down: [Letter, Counted][] = [["A", of(200, 200)], ["B", of(0, 200)]];
  const since = (...counts: [Letter, Counted][][]) =>
    effectSeries(days(...counts), ["A", "B"], 400)[0]?.clearSince;
  assertEquals(since(up), "2026-10-01");
  assertEquals(since(up, level), null);
  assertEquals(since(up, down), "2026-10-02");
  assertEquals(since(up, level, down), "2026-10-03");
});
