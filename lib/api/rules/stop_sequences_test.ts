import fc from "fast-check";
import { assertEquals } from "@/tests/support/assert.ts";
import { StopSequences } from "./stop_sequences.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 30 });
const stop = fc.string({ unit: fc.constantFrom("a", "b", "\n"), minLength: 1, maxLength: 4 });

Deno.test("StopSequences cut before the first stop sequence, however the text is cut into pieces", () => {
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 8 }),
      fc.array(stop, { maxLength: 3 }),
      (pieces, stops) => {
        const whole = pieces.join("");
        // The first piece of text after which a sequence is complete decides.
        const ends = stops.map((each) => whole.indexOf(each)).filter((at) => at >= 0);
        const cut = new StopSequences(stops);
        const shown = pieces.map((piece) => cut.push(piece)).join("") + cut.end();
        assertEquals(cut.found, ends.length > 0);
        if (ends.length === 0) assertEquals(shown, whole);
        else {assertEquals(
            whole.startsWith(shown) && stops.every((each) => !shown.includes(each)),
            true,
          );}
      },
    ),
    { numRuns: 2_000 },
  );
});

Deno.test("StopSequences show at once what cannot begin a stop sequence", () => {
  const cut = new StopSequences(["END"]);
  assertEquals([cut.push("The E"), cut.push("x E"), cut.push("N"), cut.push("D rest")], [
    "The ",
    "Ex ",
    "",
    "",
  ]);
  assertEquals([cut.found, cut.push("more"), cut.end()], [true, "", ""]);
});
