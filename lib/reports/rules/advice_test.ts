import { assertEquals } from "@/tests/support/assert.ts";
import { savingWith } from "./advice.ts";
import { costOf, costOfCalls } from "../../llm/rules/prices.ts";

const FULL = { input: 2_500_000_000n, cachedInput: 1_250_000_000n, output: 10_000_000_000n };
const MINI = { input: 150_000_000n, cachedInput: 75_000_000n, output: 600_000_000n };
const sums = { input: 1_000_000, cached: 200_000, output: 300_000, reasoning: 0 };
const use = { entries: 1_000, spent: costOf(sums, FULL), ...sums };

Deno.test("savingWith() prices the same tokens by the cheaper model", () => {
  assertEquals(savingWith(use, { model: "mini", price: MINI }, 30), {
    model: "mini",
    spent: 5_250_000_000n,
    wouldHaveSpent: 315_000_000n,
    savedAMonth: 4_935_000_000n,
    savedPercent: 94,
  });
  assertEquals(savingWith(use, { model: "mini", price: MINI }, 7)?.savedAMonth, 21_150_000_000n);
});

Deno.test("savingWith() is null for small savings or a higher cost", () => {
  assertEquals(savingWith(use, { model: "same", price: FULL }, 30), null);
  const little = { ...use, spent: 1_000n, entries: 1, input: 400, cached: 0, output: 0 };
  assertEquals(savingWith(little, { model: "mini", price: MINI }, 30), null);
  const none = { entries: 0, spent: 0n, input: 0, cached: 0, output: 0 };
  assertEquals(savingWith(none, { model: "mini", price: MINI }, 30), null);
});

Deno.test("costOfCalls() applies the rates of a call of average size", () => {
  const price = { ...MINI, tiers: [{ ...FULL, above: 2_000 }] };
  assertEquals(costOfCalls(1_000, sums, price), costOf(sums, MINI));
  assertEquals(costOfCalls(100, sums, price), costOf(sums, FULL));
});
