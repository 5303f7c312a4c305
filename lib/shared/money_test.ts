import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { costLevel, formatUsd, NANO_PER_USD, parseUsd, usdString } from "./money.ts";

const amount = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });

Deno.test("usdString() is exact", () => {
  assertEquals(usdString(750_000n), "0.00075");
  assertEquals(usdString(12n * NANO_PER_USD), "12.00");
  assertEquals(usdString(1n), "0.000000001");
  assertEquals(usdString(-1_500_000_000n), "-1.50");
  assertEquals(usdString(0n), "0.00");
});

Deno.test("parseUsd() reads back the result of usdString()", () => {
  fc.assert(fc.property(amount, (nano) => assertEquals(parseUsd(usdString(nano)), nano)));
});

Deno.test("parseUsd() takes plain decimal numbers of at most nine places", () => {
  assertEquals(parseUsd(" 5 "), 5n * NANO_PER_USD);
  assertEquals(parseUsd("0.10"), 100_000_000n);
  assertEquals(parseUsd("-0.000000001"), -1n);
  const wrong = ["", "$5", "1e3", "1.", ".5", "1,000", "0.0000000001", "NaN", "--1", "1 2", "0x1"];
  for (const text of wrong) assert.throws(() => parseUsd(text), RangeError, text);
});

Deno.test("NanoUsd sums are exact in any order", () => {
  fc.assert(fc.property(fc.array(amount), (amounts) => {
    const there = amounts.reduce((sum, each) => sum + parseUsd(usdString(each)), 0n);
    const back = amounts.reduceRight((sum, each) => sum + each, 0n);
    assertEquals(there, back);
  }));
});

Deno.test("formatUsd() never shows a positive amount as zero", () => {
  fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), (nano) => {
    const text = formatUsd(nano);
    assert.ok(text === "<$0.0001" || Number(text.slice(1)) > 0, text);
  }));
  assertEquals(formatUsd(0n), "$0.00");
  assertEquals(formatUsd(1n), "<$0.0001");
  assertEquals(formatUsd(-750_000n), "-$0.0008");
});

Deno.test("formatUsd() is off by at most half of its last place", () => {
  fc.assert(fc.property(fc.bigInt({ min: 50_000n, max: 10n ** 13n }), (nano) => {
    const shown = parseUsd(formatUsd(nano).slice(1));
    const off = shown > nano ? shown - nano : nano - shown;
    assert.ok(off <= (nano >= NANO_PER_USD ? 5_000_000n : 50_000n), `${nano}: ${formatUsd(nano)}`);
  }));
});

Deno.test("formatUsd() shows a dollar as $1.00, from below and from above", () => {
  assertEquals(formatUsd(NANO_PER_USD), "$1.00");
  assertEquals(formatUsd(NANO_PER_USD - 1n), "$1.00");
});

Deno.test("costLevel() changes at one cent and at five", () => {
  assertEquals(costLevel(9_999_999n), "green");
  assertEquals(costLevel(10_000_000n), "yellow");
  assertEquals(costLevel(49_999_999n), "yellow");
  assertEquals(costLevel(50_000_000n), "red");
});
