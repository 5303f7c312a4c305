import { randomFrom } from "@/tests/money/fates.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { binomialChance, drawsFrom, integral } from "@/tests/support/reference_statistics.ts";
import { ratioOverDays, sampleRatio } from "./sample_ratio.ts";

Deno.test("sampleRatio() gives the published figures", () => {
  assertEquals(sampleRatio([1000, 1200], [0.5, 0.5]).p.toFixed(9), "0.000020079");
  assertEquals(sampleRatio([135, 115], [50, 50]).p.toFixed(6), "0.205903");
  assertEquals(sampleRatio([310, 98], [75, 25]).p.toFixed(6), "0.647434");
  assertEquals(sampleRatio([0, 10, 10], [34, 33, 33]).p.toFixed(9), "0.005790624");
  const { chiSquare, p, fair } = sampleRatio([821_588, 815_482], [1, 1]);
  assertEquals([chiSquare.toFixed(3), p.toPrecision(3), fair], ["22.774", "0.00000182", false]);
});

Deno.test("sampleRatio() is fair for the mock's 412 and 401, and not for its 135 and 80", () => {
  assertEquals(sampleRatio([412, 401], [50, 50]).p.toFixed(2), "0.70");
  const { p, fair } = sampleRatio([135, 80], [50, 50]);
  assert.ok(!fair && p < 1 / 5_000);
});

Deno.test("sampleRatio() equals an integrated chi-square on 1,000 random splits", () => {
  const draws = drawsFrom(randomFrom(24));
  for (let run = 0; run < 1_000; run++) {
    const shares = Array.from({ length: draws.whole(2, 5) }, () => draws.whole(10, 100));
    const whole = shares.reduce((sum, share) => sum + share, 0);
    const n = draws.whole(500, 5_000);
    const counts = shares.map((share) =>
      draws.whole(0.8 * n * share / whole, 1.2 * n * share / whole)
    );
    const people = counts.reduce((sum, count) => sum + count, 0);
    // The other form of the sum: Σ O²/E − n.
    const chi = counts.reduce(
      (sum, count, at) => sum + count ** 2 * whole / (people * (shares[at] ?? 0)),
      -people,
    );
    const shape = (y: number) => y ** (shares.length - 2) * Math.exp(-y * y / 2);
    const from = Math.sqrt(Math.max(0, chi));
    const expected = integral(shape, from, from + 14, { parts: 32 }) /
      integral(shape, 0, 14, { parts: 32 });
    const { chiSquare, p, fair } = sampleRatio(counts, shares);
    assert.ok(Math.abs(chiSquare - chi) < 1e-7, `${counts} at ${shares}`);
    assert.ok(Math.abs(p - expected) < 1e-7, `${counts} at ${shares}: ${p}, not ${expected}`);
    assertEquals(fair, p >= 0.001);
  }
});

Deno.test("sampleRatio() is exact where few are expected, and gives no alarm for two of ten", () => {
  // By chi-square, two people where 0.1 are expected would be p 2e-9.
  const { p, fair } = sampleRatio([8, 2], [99, 1]);
  const two = 1 - binomialChance(0, 10, 0.01) - binomialChance(1, 10, 0.01);
  assert.ok(Math.abs(p - 4 * two) < 1e-12 && fair, `${p}`);
  assert.ok(!sampleRatio([70, 25], [99, 1]).fair);
  assert.ok(sampleRatio([1, 0], [50, 50]).fair);
  assertEquals(sampleRatio([0, 0], [50, 50]).p, 1);
});

Deno.test("sampleRatio() leaves out a variant with a share of 0", () => {
  assertEquals(sampleRatio([50, 3, 52], [50, 0, 50]), sampleRatio([50, 52], [50, 50]));
});

Deno.test("ratioOverDays() judges each day by its own shares, and no day on which they changed", () => {
  const even = { people: [500, 500], shares: [50, 50] };
  const tilted = { people: [900, 100], shares: [90, 10] };
  assert.ok(!sampleRatio([1_400, 600], [90, 10]).fair);
  const found = ratioOverDays([even, { people: [400, 20], shares: null }, tilted]);
  assertEquals(found, { chiSquare: 0, p: 1, fair: true });
  assert.ok(!ratioOverDays([even, { people: [800, 200], shares: [90, 10] }]).fair);
  // A withdrawn variant counts for the days before.
  assert.ok(
    !ratioOverDays([{ people: [700, 300], shares: [50, 50] }, {
      people: [100, 0],
      shares: [100, 0],
    }]).fair,
  );
  assertEquals(ratioOverDays([]).fair, true);
});

Deno.test("sampleRatio() sees a splitter of 52 to 48 at 20,000 people, and suspects few fair ones", () => {
  const draws = drawsFrom(randomFrom(25));
  let flagged = 0, suspected = 0;
  for (let run = 0; run < 1_000; run++) {
    const tilted = draws.binomial(20_000, 0.52), even = draws.binomial(20_000, 0.5);
    if (!sampleRatio([tilted, 20_000 - tilted], [50, 50]).fair) flagged++;
    if (!sampleRatio([even, 20_000 - even], [50, 50]).fair) suspected++;
  }
  // deno-lint-ignore no-console -- figures to read, in the output of the tests
  console.info(`52/48 at 20,000: flagged ${flagged} of 1,000; 50/50: ${suspected} of 1,000`);
  assert.ok(flagged >= 980 && suspected <= 5);
});
