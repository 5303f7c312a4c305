import fc from "fast-check";
import { assertEquals } from "@/tests/support/assert.ts";
import { parseUsd } from "../../shared/money.ts";
import { marketOf, MARKETS } from "./message_markets.ts";
import { cheapestRate, dearestRate, replyRate } from "./message_rates.ts";

const BEFORE = Date.parse("2026-09-30T23:59:59Z");
const SINCE = Date.parse("2026-10-01T00:00:00Z");

Deno.test("marketOf() knows the country of numbers by their longest calling code", () => {
  const vectors: [string, string][] = [
    ["+12025550123", "north-america"],
    ["+18095550123", "rest-of-latin-america"],
    ["+18765550123", "rest-of-latin-america"],
    ["+12425550123", "other"],
    ["+5511912345678", "brazil"],
    ["+41791234567", "rest-of-western-europe"],
    ["+79161234567", "russia"],
    ["+77011234567", "kazakhstan"],
    ["+254712345678", "rest-of-africa"],
    ["+243812345678", "other"],
    ["+212612345678", "morocco"],
    ["+380501234567", "ukraine"],
    ["+36201234567", "hungary"],
    ["+85251234567", "hong-kong"],
    ["+8613812345678", "rest-of-asia-pacific"],
    ["+99912345678", "other"],
  ];
  for (const [number, market] of vectors) assertEquals(marketOf(number), market, number);
});

Deno.test("marketOf() knows the country of hidden numbers by their id; null where it is hidden too", () => {
  assertEquals(marketOf("US.1349875"), "north-america");
  assertEquals(marketOf("CA.ENT.1349875"), "north-america");
  assertEquals(marketOf("KE.9aZ"), "rest-of-africa");
  assertEquals(marketOf("CD.9aZ"), "other");
  assertEquals(marketOf("ZZ.9aZ"), null);
  assertEquals(marketOf("QQ.9aZ"), null);
  assertEquals(marketOf("us.9aZ"), null);
  assertEquals(marketOf(""), null);
  assertEquals(marketOf("+12"), null);
});

Deno.test("replyRate() follows the card of the day: free before October 2026, utility since", () => {
  assertEquals(MARKETS.length, 47);
  for (const market of MARKETS) {
    assertEquals(replyRate(market, BEFORE), 0n);
    assertEquals(replyRate(market, SINCE) > 0n, true, market);
  }
  const vectors: [Parameters<typeof replyRate>[0], string][] = [
    ["north-america", "0.0034"],
    ["germany", "0.055"],
    ["brazil", "0.0068"],
    ["colombia", "0.0008"],
    ["argentina", "0.026"],
    ["chile", "0.02"],
    ["egypt", "0.0036"],
    ["bangladesh", "0.0037"],
    ["india", "0.0014"],
    ["rest-of-africa", "0.004"],
    ["rest-of-western-europe", "0.0171"],
    ["other", "0.0077"],
  ];
  for (const [market, usd] of vectors) assertEquals(replyRate(market, SINCE), parseUsd(usd));
});

Deno.test("dearestRate() and cheapestRate() bound all markets, with the organisation's own rates", () => {
  assertEquals(dearestRate(SINCE), parseUsd("0.055"));
  assertEquals(cheapestRate(SINCE), parseUsd("0.0008"));
  const amount = fc.bigInt({ min: 0n, max: 10n ** 9n });
  fc.assert(fc.property(fc.dictionary(fc.constantFrom(...MARKETS), amount), (own) => {
    const ownRate = (market: string) => own[market] ?? null;
    const [most, least] = [dearestRate(SINCE, ownRate), cheapestRate(SINCE, ownRate)];
    for (const market of MARKETS) {
      const rate = replyRate(market, SINCE, ownRate);
      assertEquals(least <= rate && rate <= most, true);
      assertEquals(rate, own[market] ?? replyRate(market, SINCE));
    }
  }));
});
