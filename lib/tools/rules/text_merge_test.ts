import fc from "fast-check";
import { assertEquals } from "@/tests/support/assert.ts";
import { mergeTexts, textParts } from "./text_merge.ts";

const text = fc.array(fc.constantFrom("a", "b", "c.", "dd", "\n", "  "), { maxLength: 12 })
  .map((words) => words.join(" "));

Deno.test("mergeTexts() takes the change of the only side that has one", () => {
  fc.assert(fc.property(text, text, (base, other) => {
    assertEquals(mergeTexts(base, base, other), { text: other, fits: true });
    assertEquals(mergeTexts(base, other, base), { text: other, fits: true });
    assertEquals(mergeTexts(base, other, other), { text: other, fits: true });
  }));
});

Deno.test("mergeTexts() loses no word that either side added", () => {
  fc.assert(fc.property(text, text, text, (base, theirs, mine) => {
    const [t, m] = [theirs, mine].map((side, i) => `${side} own${i} `);
    const merged = mergeTexts(base, t ?? "", m ?? "").text;
    assertEquals([merged.includes("own0"), merged.includes("own1")], [true, true]);
  }));
});

Deno.test("mergeTexts() joins changes in different places, and keeps both of the same place", () => {
  const base = "Give a plan with rest and a rough cost. No wide tables.";
  assertEquals(
    mergeTexts(base, `${base} No preamble.`, base.replace("rough", "exact")),
    { text: "Give a plan with rest and a exact cost. No wide tables. No preamble.", fits: true },
  );
  assertEquals(
    mergeTexts(base, base.replace("rough", "low"), base.replace("rough", "exact")),
    { text: "Give a plan with rest and a low exact cost. No wide tables.", fits: false },
  );
});

Deno.test("textParts() give both texts back, and leave out long unchanged stretches", () => {
  fc.assert(fc.property(text, text, (before, after) => {
    const parts = textParts(before, after);
    const without = (kind: string) =>
      parts.filter((part) => part.kind !== kind).map((part) => part.text).join("");
    assertEquals([without("added"), without("removed")], [before, after]);
  }));
  const long = "word ".repeat(200);
  const [first] = textParts(`${long}end`, `${long}stop`);
  assertEquals([first?.kind, first && first.text.length < 100], ["same", true]);
});
