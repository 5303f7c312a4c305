import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { findWords, firstWords, foldText, wordsOf } from "./text_search.ts";

const found = (text: string, query: string) => findWords(text, wordsOf(query));

Deno.test("findWords() ignores case and accents in any script", () => {
  for (
    const [text, query] of [
      ["Die Ägypter kamen", "agypter"],
      ["São João disse", "SAO joao"],
      ["Ελλάδα", "ελλαδα"],
      ["كِتَاب", "كتاب"],
      ["ＦＵＬＬ width", "full"],
      ["naïve", "NAÏVE"],
    ] as const
  ) assert.ok(found(text, query), `${query} in ${text}`);
  assertEquals(found("one two", "one three"), null);
  assertEquals(found("anything", "  "), null);
});

Deno.test("findWords() shows the match as it was written", () => {
  assertEquals(found("Die Ägypter\nkamen", "agypter"), {
    before: "Die ",
    found: "Ägypter",
    after: " kamen",
  });
  const long = `${"a ".repeat(500)}needle${" b".repeat(500)}`;
  const place = found(long, "needle");
  assert.ok(place && place.before.startsWith("…") && place.after.endsWith("…"));
  assert.ok(place.before.length < 70 && place.after.length < 70);
});

Deno.test("findWords() finds any part of any text, and its match folds to the query", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.nat(), (text, at) => {
    const words = wordsOf([...text][at % [...text].length] ?? "");
    const place = findWords(text, words);
    if (words.length === 0) return assertEquals(place, null);
    assert.ok(place, JSON.stringify({ text, words }));
    assert.ok(`${place.before}${place.found}${place.after}`.isWellFormed());
  }));
});

Deno.test("firstWords() is one line, for texts of any length and content", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
    const line = firstWords(text);
    assert.ok(line.length <= 120 && !/[\r\n]/.test(line));
  }));
  assertEquals(foldText("ÄÉ"), "ae");
});
