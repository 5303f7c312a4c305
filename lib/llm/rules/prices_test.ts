import { assert, assertEquals } from "@/tests/support/assert.ts";
import { costOf, costOfCalls, type ModelPrice, secondsCost, worstCase } from "./prices.ts";

const MILLION = 1_000_000n;
/** Nano-dollars a token: each kind of token has a price of its own. */
const PRICE: ModelPrice = {
  input: 100n * MILLION,
  cachedInput: 7n * MILLION,
  cacheWrite: 130n * MILLION,
  cacheWriteHour: 190n * MILLION,
  output: 1_000n * MILLION,
  audioInput: 3_000n * MILLION,
};
const usage = (input: number, parts: Partial<Parameters<typeof costOf>[0]> = {}) => ({
  input,
  cached: 0,
  output: 0,
  reasoning: 0,
  ...parts,
});

Deno.test("costOf() prices each part of the input and the output at its own rate", () => {
  const parts = { cached: 3, written: 5, writtenHour: 2, audio: 4, output: 6 };
  // 20 = 3 cached + 5 written (2 for an hour) + 4 of audio + 8 others.
  const sum = 8n * 100n + 4n * 3_000n + 3n * 7n + 3n * 130n + 2n * 190n + 6n * 1_000n;
  assertEquals(costOf(usage(20, parts), PRICE), sum);
  // Without rates of their own: that of the next wider part.
  const { input, cachedInput, cacheWrite, output } = PRICE;
  assertEquals(
    costOf(usage(20, parts), { input, cachedInput, cacheWrite, output }),
    12n * 100n + 3n * 7n + 5n * 130n + 6n * 1_000n,
  );
  assertEquals(
    costOf(usage(20, parts), { input, cachedInput, output }),
    17n * 100n + 3n * 7n + 6n * 1_000n,
  );
});

Deno.test("costOf() counts audio as far as the cache leaves room", () => {
  assertEquals(costOf(usage(10, { cached: 4, written: 3, audio: 9 }), PRICE), 9_000n + 28n + 390n);
});

Deno.test("costOf() rounds up to a whole nano-dollar, and is zero for nothing", () => {
  const cheap = { input: 1n, cachedInput: 1n, output: 1n };
  assertEquals(
    [0, 1, 1_000_000, 1_000_001].map((input) => costOf(usage(input), cheap)),
    [0n, 1n, 1n, 2n],
  );
});

Deno.test("costOf() takes the whole, and refuses parts above it and what is no count", () => {
  assertEquals(costOf(usage(8, { cached: 3, written: 5, writtenHour: 5 }), PRICE), 21n + 950n);
  for (
    const wrong of [
      usage(7, { cached: 3, written: 5 }),
      usage(8, { written: 5, writtenHour: 6 }),
      usage(1.5),
      usage(-1),
      usage(5, { cached: -1 }),
      usage(NaN),
      usage(2 ** 53),
    ]
  ) {
    assert.throws(() => costOf(wrong, PRICE), RangeError, JSON.stringify(wrong));
  }
});

const TIERS: ModelPrice = {
  input: MILLION,
  cachedInput: MILLION,
  output: 10n * MILLION,
  tiers: [
    { above: 100, input: 3n * MILLION, cachedInput: MILLION, output: 5n * MILLION },
    { above: 200, input: 2n * MILLION, cachedInput: MILLION, output: 20n * MILLION },
  ],
};

Deno.test("costOf() prices the whole call by the highest tier that its input exceeds", () => {
  const costs = [100, 101, 200, 201].map((input) => costOf(usage(input), TIERS));
  assertEquals(costs, [100n, 303n, 600n, 402n]);
});

Deno.test("costOfCalls() prices sums by the tier of an average call", () => {
  const sums = usage(400, { output: 4 });
  assertEquals(costOfCalls(4, sums, TIERS), 400n + 40n);
  assertEquals(costOfCalls(3, sums, TIERS), 1_200n + 20n);
  assertEquals(costOfCalls(1, sums, TIERS), 800n + 80n);
  assertEquals(costOfCalls(0, usage(0), TIERS), 0n);
});

Deno.test("worstCase() is the most of all tiers that the prompt can reach, at the dearest rate of input", () => {
  // Up to 100 tokens of input the first rates hold.
  assertEquals(worstCase(100, 7, TIERS), 100n + 70n);
  // Above, a call may stay below the tier: the dearer of the two sums.
  assertEquals(worstCase(101, 7, TIERS), 303n + 35n);
  assertEquals(worstCase(101, 100, TIERS), 101n + 1_000n);
  assertEquals(worstCase(201, 100, TIERS), 402n + 2_000n);
  assertEquals([worstCase(0, 0, TIERS), worstCase(0, 1, { ...TIERS, output: 1n })], [0n, 1n]);
  const free = { input: 0n, cachedInput: 0n, output: 0n };
  assertEquals(worstCase(1_000, 1_000, free), 0n);
  const cached = { input: MILLION, cachedInput: 2n * MILLION, output: 0n };
  assertEquals(worstCase(10, 5, cached), 20n);
  assertEquals(worstCase(10, 5, { ...cached, cacheWrite: 3n * MILLION }), 30n);
  assertEquals(worstCase(10, 5, { ...cached, cacheWrite: MILLION }), 20n);
  assert.throws(() => worstCase(-1, 0, free), RangeError);
});

Deno.test("secondsCost() is exact by the millisecond, and rounds up to a whole nano-dollar", () => {
  assertEquals(secondsCost(60, 6_000_000n), 6_000_000n);
  assertEquals(secondsCost(3_600, 6_000_001n), 360_000_060n);
  assertEquals(secondsCost(0.0001, 60_000n), 1n);
  assertEquals(secondsCost(0.001, 60_000n), 1n);
  assertEquals(secondsCost(0.001, 60_001n), 2n);
  assertEquals(secondsCost(0.001, 1n), 1n);
  assertEquals([secondsCost(0, 6_000_000n), secondsCost(9, 0n)], [0n, 0n]);
  for (const seconds of [-1, NaN, Infinity]) {
    assert.throws(() => secondsCost(seconds, 1n), RangeError);
  }
});
