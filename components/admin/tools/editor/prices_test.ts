import fc from "fast-check";
import { assertEquals } from "@/tests/support/assert.ts";
import { usdString } from "@/lib/shared/money.ts";
import { priceText } from "./prices.ts";

Deno.test("priceText() is exact for any rate, with two decimals at least", () => {
  assertEquals(
    priceText({ inputRate: "75000000", outputRate: "12000000000" }),
    "$0.075 in, $12.00 out",
  );
  assertEquals(priceText({ inputRate: "0", outputRate: "0" }), "free");
  const amount = fc.bigInt({ min: 1n, max: 1_000_000_000_000n });
  fc.assert(fc.property(amount, amount, (inputRate, outputRate) => {
    assertEquals(
      priceText({ inputRate: String(inputRate), outputRate: String(outputRate) }),
      `$${usdString(inputRate)} in, $${usdString(outputRate)} out`,
    );
  }));
});
