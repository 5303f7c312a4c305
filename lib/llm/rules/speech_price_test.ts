import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import {
  FREE_SPEECH,
  listedSpeechPrice,
  mostSpeechCost,
  speechCost,
  type SpeechPrice,
} from "./speech_price.ts";

Deno.test("speechCost() is by 1,000 characters, or by the minute", () => {
  const tts = listedSpeechPrice("tts-1");
  const mini = listedSpeechPrice("gpt-4o-mini-tts");
  assert.ok(tts && mini);
  // $15 for a million characters; $0.015 a minute.
  assertEquals(speechCost({ characters: 2_000, seconds: 999 }, tts), 30_000_000n);
  assertEquals(speechCost({ characters: 1, seconds: 1 }, tts), 15_000n);
  assertEquals(speechCost({ characters: 9, seconds: 90 }, mini), 22_500_000n);
  assertEquals(speechCost({ characters: 2_000, seconds: 120 }, FREE_SPEECH), 0n);
  assertEquals(listedSpeechPrice("kokoro"), null);
});

Deno.test("mostSpeechCost() is never below the cost of speech at a speaker's pace", () => {
  const price: fc.Arbitrary<SpeechPrice> = fc.record({
    per: fc.constantFrom("characters", "minute"),
    usd: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  });
  fc.assert(
    fc.property(price, fc.nat(4_000), fc.double({ min: 0, max: 1, noNaN: true }), (
      price,
      characters,
      part,
    ) => {
      const seconds = characters / 5 * part;
      assert.ok(mostSpeechCost(characters, price) >= speechCost({ characters, seconds }, price));
    }),
  );
});
