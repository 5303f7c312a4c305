import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { folded } from "../../shared/words.ts";
import { MOST_TERMS, noteTerms, termsOf } from "./terms.ts";

Deno.test("termsOf() finds words in scripts with and without spaces, folded, the frequent ones first", () => {
  assertEquals(termsOf("The elders chose “Covenant”; covenant it is, in ÉPHÈSE."), [
    "covenant",
    "the",
    "elders",
    "chose",
    "ephese",
  ]);
  const cases: [text: string, term: string][] = [
    ["Tulizungumza kuhusu warsha ya Kisumu", "warsha"],
    ["Kita membahas lokakarya", "lokakarya"],
    ["نَاقَشْنَا الأَمْثَال", "ناقشنا"],
    ["हमने कार्यशाला की योजना बनाई", "कार्यशाला"],
    ["我们讨论了圣经翻译", "圣经"],
    ["聖書の翻訳について", "翻訳"],
    ["การแปลพระคัมภีร์", "แป"],
    ["Mark 4", "4"],
  ];
  for (const [text, term] of cases) {
    assert.ok(termsOf(text).includes(folded(term)), `${text} ${termsOf(text)}`);
  }
});

Deno.test("termsOf() is bounded, stable under folding, and independent of case and of the order of sentences", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (text) => {
      const terms = termsOf(text);
      assert.ok(terms.length <= MOST_TERMS);
      assert.ok(terms.join("").length <= 300);
      assertEquals(new Set(terms).size, terms.length);
      assertEquals(termsOf(text), terms);
    }),
  );
  const word = fc.constantFrom("covenant", "sower", "Kisumu", "workshop", "Éphèse", "goats");
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
      const terms = new Set(termsOf(words.join(" ")));
      assertEquals(new Set(termsOf(words.toReversed().join(". ").toUpperCase())), terms);
      for (const each of words) assert.ok(terms.has(folded(each)), each);
    }),
  );
});

Deno.test("noteTerms() keep room for the conversation beside a long note", () => {
  const note = Array.from({ length: 80 }, (_, i) => `note${i}`).join(" ");
  const terms = noteTerms(note, "We spoke of goats");
  assert.ok(terms.includes("goats") && terms.length <= MOST_TERMS);
});
