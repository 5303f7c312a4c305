import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import {
  bookingOf,
  type CallBounds,
  type ObservedUsage,
  transcriptionBookingOf,
} from "./claims.ts";
import { costOf, type Usage, worstCase } from "../../llm/rules/prices.ts";

/** gpt-4o-mini. */
const PRICE = { input: 150_000_000n, cachedInput: 75_000_000n, output: 600_000_000n };
const BOUNDS: CallBounds = {
  price: PRICE,
  promptLength: 1_000,
  inputEstimate: 250,
  promptTokens: 1_030,
  maxTokens: 2_000,
  context: 128_000,
  hidesReasoning: false,
};
const HOLD = worstCase(BOUNDS.promptTokens, BOUNDS.maxTokens, PRICE);
const SEEN: ObservedUsage = { textBytes: 400, textTokens: 100, thinkingBytes: 0 };
const NOTHING: ObservedUsage = { textBytes: 0, textTokens: 0, thinkingBytes: 0 };
const TRUE: Usage = { input: 240, cached: 0, output: 90, reasoning: 0 };

const book = (claim: Usage | null, seen = SEEN, over: Partial<CallBounds> = {}, hold = HOLD) =>
  bookingOf(claim, seen, { ...BOUNDS, ...over }, hold);

Deno.test("bookingOf() books a possible claim", () => {
  const usage = { input: 300, cached: 100, written: 50, output: 120, reasoning: 60 };
  const { usd, from, doubt, ...counts } = book(usage);
  assertEquals([usd, from, doubt], [costOf(usage, PRICE), "claim", null]);
  assertEquals(counts, { input: 300, cached: 100, output: 120, reasoning: 60 });
  assertEquals(book({ ...TRUE, output: 0 }, NOTHING).from, "claim");
});

Deno.test("bookingOf() books thinking that a server counts on top of the longest allowed reply", () => {
  const { output, from, doubt } = book({ ...TRUE, output: 3_109, reasoning: 3_100 });
  assertEquals([output, from, doubt?.code], [3_109, "claim", "usage_above_hold"]);
});

Deno.test("bookingOf() books the hold for a claim that is too much, no count or contradictory", () => {
  const lies: Partial<Usage>[] = [
    { input: 1e12 },
    { input: 150_000 },
    { output: 1e300 },
    { output: 130_000 },
    { output: NaN },
    { input: Infinity },
    { input: -1 },
    { output: 1.5 },
    { cached: -5 },
    { cached: 241 },
    { cached: 200, written: 41 },
    { written: NaN },
    { writtenHour: 51 },
    { writtenHour: -1 },
    { reasoning: 91 },
    { reasoning: -1 },
    // Too little and too much at once.
    { input: 0, output: 1e12 },
  ];
  for (const lie of lies) {
    const { usd, from, doubt } = book({ ...TRUE, ...lie });
    const what = JSON.stringify(lie);
    assertEquals([usd, from], [HOLD, "bound"], what);
    assertEquals([doubt?.code, doubt?.booked], ["usage_not_believed", "hold"], what);
  }
});

Deno.test("bookingOf() estimates when the claim is less than was sent or received, never below its possible parts", () => {
  const byText = costOf({ input: 250, cached: 0, output: 100, reasoning: 0 }, PRICE);
  const zeros = book({ input: 0, cached: 0, output: 0, reasoning: 0 });
  assertEquals([zeros.usd, zeros.from, zeros.doubt?.booked], [byText, "seen", "estimate"]);
  assertEquals(book({ ...TRUE, input: 0 }).usd, byText);
  // 1,000 characters have at least 8 tokens, 400 bytes 4.
  assertEquals(book({ ...TRUE, input: 7 }).doubt?.why, "input_too_short");
  assertEquals(book({ ...TRUE, output: 3 }).doubt?.why, "output_too_short");
  assertEquals(book({ ...TRUE, input: 8, output: 4 }).doubt, null);
  assertEquals(book({ ...TRUE, input: 0, output: 700 }).output, 700);
  const thought = { ...NOTHING, thinkingBytes: 3_000 };
  assertEquals(book({ ...TRUE, output: 5 }, thought).doubt?.booked, "estimate");
});

Deno.test("bookingOf() books a possible claim above the hold in full, with a doubt", () => {
  const usage = { ...TRUE, input: 100_000 };
  const { usd, from, doubt } = book(usage);
  assertEquals([usd, from], [costOf(usage, PRICE), "claim"]);
  assertEquals([doubt?.code, doubt?.booked], ["usage_above_hold", "claim"]);
  assert.ok(usd > HOLD);
  const cost = costOf(TRUE, PRICE);
  assertEquals(book(TRUE, SEEN, {}, cost).doubt, null);
  assertEquals(book(TRUE, SEEN, {}, cost - 1n).doubt?.code, "usage_above_hold");
  // Without a known context, the longest one sold counts.
  assertEquals(book({ ...TRUE, input: 2_000_000 }, SEEN, { context: null }).from, "claim");
  assertEquals(book({ ...TRUE, input: 2_000_001 }, SEEN, { context: null }).from, "bound");
});

Deno.test("bookingOf() counts hidden thinking, and takes the bound where its bytes are unknown", () => {
  const without = book(null);
  const thinking = { ...SEEN, thinkingBytes: 3_000 };
  assertEquals([without.output, without.from, without.doubt], [100, "seen", null]);
  assertEquals([book(null, thinking).output, book(null, thinking).reasoning], [1_100, 1_000]);
  assertEquals(book(null, { ...thinking, thinkingBytes: 1e9 }).output, 2_000);
  assertEquals(book(null, NOTHING).output, 0);
  const unseen = book(null, NOTHING, { hidesReasoning: true });
  assertEquals([unseen.output, unseen.from], [2_000, "bound"]);
});

Deno.test("bookingOf() takes claims up to 12% above the model's context, and up to the longest reply", () => {
  const input = (count: number, context: number | null = 1_001) =>
    book({ ...TRUE, input: count }, SEEN, { context }).from;
  // 1,001 and 12%, rounded up; a prompt's bound is possible in any case.
  assertEquals([input(1_122), input(1_123)], ["claim", "bound"]);
  assertEquals([input(1_030, 10), input(1_031, 10)], ["claim", "bound"]);
  const output = (count: number, context: number | null) =>
    book({ ...TRUE, output: count }, SEEN, { context }).from;
  assertEquals([output(128_000, 128_000), output(128_001, 128_000)], ["claim", "bound"]);
  assertEquals([output(262_144, 1_000_000), output(262_145, 1_000_000)], ["claim", "bound"]);
  assertEquals([output(262_144, null), output(262_145, null)], ["claim", "bound"]);
  assertEquals([output(2_000, 10), output(2_001, 10)], ["claim", "bound"]);
});

Deno.test("bookingOf() expects a token for each 128 bytes of prompt and reply, and one for any prompt", () => {
  const least = (promptLength: number, input: number) =>
    book({ ...TRUE, input, cached: 0 }, NOTHING, { promptLength }).doubt?.why ?? null;
  assertEquals([least(0, 0), least(0, 1)], ["input_too_short", null]);
  assertEquals([least(128, 1), least(129, 1), least(129, 2)], [null, "input_too_short", null]);
  const reply = (textBytes: number, thinkingBytes: number, output: number) =>
    book({ ...TRUE, output }, { textBytes, textTokens: 1, thinkingBytes }).doubt?.why ?? null;
  assertEquals([reply(100, 28, 1), reply(100, 29, 1)], [null, "output_too_short"]);
});

Deno.test("bookingOf() estimates one token for any text at least, and a third of thinking's bytes", () => {
  const tokens = (seen: ObservedUsage) => book(null, seen).output;
  assertEquals(tokens({ textBytes: 1, textTokens: 0, thinkingBytes: 0 }), 1);
  assertEquals(tokens({ textBytes: 9, textTokens: 2, thinkingBytes: 0 }), 2);
  assertEquals(tokens({ textBytes: 0, textTokens: 0, thinkingBytes: 4 }), 2);
  const { input, output, reasoning, usd } = book({ ...TRUE, input: 0, reasoning: 3, output: 9 });
  assertEquals([input, output, reasoning], [250, 100, 3]);
  assertEquals(usd, costOf({ input: 250, cached: 0, output: 100, reasoning: 3 }, PRICE));
});

Deno.test("bookingOf() never estimates above the hold", () => {
  assertEquals(book(null, SEEN, {}, 5n).usd, 5n);
});

const anyNumber = fc.oneof(
  fc.double(),
  fc.nat(3_000),
  fc.integer(),
  fc.maxSafeNat(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e300, 5e-324, 2 ** 53),
);
const anyClaim = fc.option(fc.record({
  input: anyNumber,
  cached: fc.oneof(fc.constant(0), anyNumber),
  written: fc.option(anyNumber, { nil: undefined }),
  writtenHour: fc.option(anyNumber, { nil: undefined }),
  output: anyNumber,
  reasoning: fc.oneof(fc.constant(0), anyNumber),
}));
const anySeen = fc.record({ textBytes: fc.nat(90_000), thinkingBytes: fc.nat(200_000) })
  .chain(({ textBytes, thinkingBytes }) =>
    fc.record({
      textBytes: fc.constant(textBytes),
      textTokens: fc.nat(textBytes),
      thinkingBytes: fc.constant(thinkingBytes),
    })
  );
const rate = fc.bigInt(1n, 100_000_000_000n);
const anyBounds = fc.record({
  price: fc.record({
    input: rate,
    cachedInput: rate,
    cacheWrite: fc.option(rate, { nil: undefined }),
    output: rate,
  }),
  promptLength: fc.nat(60_000),
  inputEstimate: fc.integer({ min: 1, max: 60_000 }),
  promptTokens: fc.integer({ min: 1, max: 200_000 }),
  maxTokens: fc.integer({ min: 1, max: 8_192 }),
  context: fc.option(fc.integer({ min: 1, max: 2_000_000 })),
  hidesReasoning: fc.boolean(),
});

Deno.test('bookingOf() is total: for any claim the amount is above zero and possible, and only a possible claim is "reported"', () => {
  fc.assert(
    fc.property(anyClaim, anySeen, anyBounds, (claim, seen, bounds) => {
      const hold = worstCase(bounds.promptTokens, bounds.maxTokens, bounds.price);
      const booked = bookingOf(claim, seen, bounds, hold);
      const { input, cached, output, reasoning, usd, from, doubt } = booked;
      for (const count of [input, cached, output, reasoning]) {
        assert.ok(Number.isSafeInteger(count) && count >= 0, `${count}`);
      }
      assert.ok(cached <= input && reasoning <= output);
      if (seen.textBytes + seen.thinkingBytes > 0) assert.ok(usd > 0n, "Nothing is free");
      if (from === "claim") {
        assert.ok(claim !== null);
        assertEquals(usd, costOf(claim, bounds.price));
        const bytes = seen.textBytes + seen.thinkingBytes;
        assert.ok(output * 128 >= bytes && input > 0 && input * 128 >= bounds.promptLength);
        assertEquals(doubt?.code ?? null, usd > hold ? "usage_above_hold" : null);
      } else {
        assert.ok(usd <= hold, "What is not reported is within the hold");
        assertEquals(doubt?.code ?? null, claim === null ? null : "usage_not_believed");
      }
      const context = bounds.context === null ? 2_000_000 : bounds.context * 1.12 + 1;
      const most = Math.max(Math.ceil(context), bounds.promptTokens);
      assert.ok(usd <= worstCase(most, Math.max(262_144, bounds.maxTokens), bounds.price));
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("transcriptionBookingOf() books the recording's own length for impossible seconds", () => {
  const minute = 6_000_000n;
  for (const lie of [NaN, Infinity, -Infinity, -3, 0, -0, 1e300, 100_000, 14.5]) {
    const { usd, seconds, from, doubt } = transcriptionBookingOf(lie, 12.3, minute);
    assertEquals([usd, seconds, from], [1_300_000n, 13, "bound"], `${lie}`);
    assertEquals(doubt?.code, "usage_not_believed", `${lie}`);
  }
  assertEquals(transcriptionBookingOf(null, 12.3, minute).doubt, null);
  assertEquals(transcriptionBookingOf(12, 12.3, minute).usd, 1_200_000n);
  const rounded = transcriptionBookingOf(14, 12.3, minute);
  assertEquals([rounded.usd, rounded.doubt?.code], [1_400_000n, "usage_above_hold"]);
  assertEquals(transcriptionBookingOf(13, 12.3, minute).doubt, null);
});

Deno.test("transcriptionBookingOf() is total for any seconds", () => {
  const length = fc.double({ min: 0.001, max: 600, noNaN: true });
  fc.assert(
    fc.property(fc.option(anyNumber), length, rate, (claim, measured, minute) => {
      const { usd, seconds, from } = transcriptionBookingOf(claim, measured, minute);
      assert.ok(usd > 0n && seconds > 0 && seconds <= Math.ceil(measured) + 1);
      assertEquals(from === "claim", claim !== null && claim === seconds && claim > 0);
    }),
  );
});
