import { deepStrictEqual as equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { ShownText } from "./shown_text.ts";
import { utf8Length } from "./tokens.ts";

function shown(pieces: readonly string[]) {
  const text = new ShownText();
  const told = pieces.map((piece) => text.take(piece)).join("") + text.end();
  return { told, hidden: text.hidden };
}

const MARKS = "<think> </think> <thinking> </thinking> [THINK] [/THINK] ◁think▷ ◁/think▷ " +
  "<|channel|>analysis<|message|> <|channel|>final<|message|> <|begin_of_thought|>";
const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 5 }),
  fc.constantFrom(...MARKS.split(" "), " ", "\n", "<", "\ud83d", "\ude00", "İ", "\u212A"),
);

Deno.test("ShownText shows the same for any split, and accounts for every byte", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const whole = pieces.join("");
      const once = shown([whole]);
      equal(shown(pieces), once);
      equal(shown(whole.split("")), once);
      ok(once.told.isWellFormed());
      equal(utf8Length(once.told) + once.hidden, utf8Length(whole.toWellFormed()));
      ok(whole.toWellFormed().endsWith(once.told));
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("ShownText takes a long text in small pieces in linear time", () => {
  for (const sign of ["\n", "語", "<"]) {
    const began = performance.now();
    for (const first of ["", "<think>", "</thin"]) {
      const pieces = Array<string>(60_000).fill(sign);
      const { told, hidden } = shown([first, ...pieces]);
      equal(utf8Length(told) + hidden, utf8Length(first) + 60_000 * utf8Length(sign));
    }
    ok(performance.now() - began < 2_000, `${performance.now() - began} ms`);
  }
});
