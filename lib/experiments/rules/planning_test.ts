import { randomFrom } from "@/tests/money/fates.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { drawsFrom, integral } from "@/tests/support/reference_statistics.ts";
import {
  daysToFirst,
  daysToSee,
  evenShares,
  planForecast,
  plannedTotal,
  sizePerArm,
  smallestGain,
} from "./planning.ts";

Deno.test("sizePerArm() gives the published sizes", () => {
  const sizes = [[10, 12], [5, 6], [30, 35], [30, 40], [30, 45], [30, 50], [70, 80], [70, 85]]
    .map(([from = 0, to = 0]) => sizePerArm(from / 100, to / 100));
  assertEquals(sizes, [3839, 8155, 1374, 354, 160, 91, 291, 118]);
});

Deno.test("sizePerArm() is the smallest with a power of 80%, by an integrated density, on 1,000 plans", () => {
  const draws = drawsFrom(randomFrom(29));
  const density = (x: number) => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  const above = (z: number) =>
    z < 0 ? 1 - integral(density, -z, -z + 12) : integral(density, z, z + 12);
  for (let run = 0; run < 1_000; run++) {
    const from = 0.02 + 0.9 * draws.random(),
      to = from + (0.98 - from) * (0.1 + 0.9 * draws.random());
    const comparisons = draws.whole(1, 4);
    const critical = [1.959964, 2.241403, 2.393980, 2.497705][comparisons - 1] ?? NaN;
    const power = (n: number) =>
      above(critical - (to - from) / Math.sqrt((from * (1 - from) + to * (1 - to)) / n));
    const size = sizePerArm(from, to, comparisons);
    const plan = `${from} to ${to}, ${comparisons}: ${size}`;
    assert.ok(power(size) > 0.8 - 1e-6, plan);
    assert.ok(power(size - 1) < 0.8 + 1e-6, plan);
  }
});

Deno.test("plannedTotal() is 1.7 times the fixed size of all variants, and at least 100", () => {
  assertEquals(plannedTotal(0.7, 0.85, [50, 50]), Math.ceil(1.7 * 2 * 118));
  assertEquals(plannedTotal(0.1, 0.9, [50, 50]), 100);
  assert.ok(plannedTotal(0.7, 0.85, [1, 1, 1]) > 1.5 * plannedTotal(0.7, 0.85, [50, 50]));
});

Deno.test("plannedTotal() of uneven shares has the power of even ones, by the difference's variance", () => {
  const errorOf = (shares: number[]) => {
    const units = plannedTotal(0.5, 0.55, shares), whole = shares.reduce((sum, each) => sum + each);
    const [a = 0, ...others] = shares.map((share) => units * share / whole);
    return Math.sqrt(0.25 / a + 0.25 / Math.min(...others));
  };
  const even = errorOf([50, 50]);
  assert.ok(Math.abs(errorOf([90, 10]) / even - 1) < 0.01);
  assert.ok(Math.abs(errorOf([10, 90]) / even - 1) < 0.01);
  assert.ok(Math.abs(errorOf([60, 20, 20]) / errorOf([1, 1, 1]) - 1) < 0.01);
  const asked = { seen: { n: 160, good: 112 }, people: 190, variants: 2, include: 100 };
  const uneven = planForecast({ ...asked, shares: [90, 10] });
  assert.ok(uneven.planned > 2.7 * planForecast(asked).planned);
});

Deno.test("smallestGain() is the smallest whose plan fits the units, and null where none does", () => {
  const draws = drawsFrom(randomFrom(30));
  for (let run = 0; run < 500; run++) {
    const rate = 0.02 + 0.96 * draws.random(), variants = draws.whole(2, 5);
    const units = draws.whole(50, 20_000);
    const gain = smallestGain(rate, units, evenShares(variants));
    const needed = (more: number) => 1.7 * variants * sizePerArm(rate, rate + more, variants - 1);
    const plan = `${rate} at ${units} in ${variants}: ${gain}`;
    if (gain === null) {
      assert.ok(needed(1 - rate) > units, plan);
      continue;
    }
    assert.ok(rate + gain <= 1 && needed(gain) <= units + 1.7 * variants, plan);
    assert.ok(needed(gain - 3e-4) > units - 1, plan);
  }
  assertEquals(smallestGain(0.95, 100, [50, 50]), null);
  assertEquals(smallestGain(0.5, 0, [50, 50]), null);
});

Deno.test("planForecast() of 40 ratings a week, 70 of 100 good: about 10 weeks to see 85", () => {
  const plan = planForecast({
    seen: { n: 160, good: 112 },
    people: 190,
    variants: 2,
    include: 100,
  });
  assertEquals({
    ...plan,
    target: plan.target.toFixed(2),
    seen: plan.seen.map(({ weeks }) => weeks),
  }, {
    perWeek: 40,
    rate: 0.7,
    target: "0.85",
    planned: 402,
    weeks: 10,
    seen: [4, 9, 22],
    quiet: true,
  });
  const gains = plan.seen.map(({ gain }) => gain ?? NaN);
  assertEquals(gains.map((gain) => Math.ceil(100 * gain)), [22, 16, 11]);
});

Deno.test("planForecast() takes the included part of the people, the target, and no traffic", () => {
  const input = { seen: { n: 160, good: 112 }, people: 900, variants: 2, include: 50 };
  const half = planForecast({ ...input, target: 0.8 });
  assertEquals([half.perWeek, half.weeks, half.target, half.quiet], [20, 50, 0.8, false]);
  assertEquals(planForecast({ ...input, target: 0.6 }).target.toFixed(2), "0.85");
  const nobody = planForecast({ seen: { n: 0, good: 0 }, people: 0, variants: 2, include: 100 });
  assertEquals([nobody.weeks, nobody.rate, nobody.seen.every(({ gain }) => gain === null)], [
    null,
    null,
    true,
  ]);
  const unknown = planForecast({ ...input, seen: { n: 160, good: null } });
  assertEquals([unknown.rate, unknown.target.toFixed(2)], [null, "0.65"]);
});

Deno.test("planForecast() can plan for a measure that nearly all or none reach", () => {
  for (const good of [0, 400]) {
    const plan = planForecast({ seen: { n: 400, good }, people: 400, variants: 3, include: 100 });
    assert.ok(Number.isFinite(plan.planned) && plan.target <= 1 && plan.weeks !== null);
  }
});

Deno.test("daysToFirst() and daysToSee() go on at the pace so far", () => {
  assertEquals(daysToFirst([14, 17], 9), 4);
  assertEquals(daysToFirst([20, 31], 9), null);
  assertEquals(daysToFirst([0, 31], 9), null);
  const needed = plannedTotal(0.7, 0.5, [50, 50]);
  const ask = { rate: 0.7, units: 31, days: 9, variants: 2 };
  assertEquals(daysToSee(ask), Math.ceil((needed - 31) * 9 / 31));
  assertEquals(daysToSee({ ...ask, units: needed }), 0);
  assertEquals(daysToSee({ ...ask, units: 0 }), null);
});
