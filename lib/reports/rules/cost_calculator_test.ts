import { assertEquals } from "@/tests/support/assert.ts";
import { parseUsd } from "../../shared/money.ts";
import { expectedCost } from "./cost_calculator.ts";

const MINI = {
  input: parseUsd("0.15"),
  cachedInput: parseUsd("0.075"),
  output: parseUsd("0.60"),
};

Deno.test("expectedCost() of 1,000 tokens in and out with gpt-4o-mini is 30 days of $0.00075", () => {
  const usage = { messagesPerDay: 500, inputTokens: 1_000, cachedTokens: 0, outputTokens: 1_000 };
  assertEquals(expectedCost(usage, MINI), {
    perMessage: parseUsd("0.00075"),
    perDay: parseUsd("0.375"),
    perMonth: parseUsd("11.25"),
  });
});
