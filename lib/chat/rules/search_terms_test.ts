import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { hasTerms, joinTerms, queryTerms, searchTerms } from "./search_terms.ts";

const found = (text: string, query: string) =>
  hasTerms(joinTerms(searchTerms(text), 60_000), queryTerms(query));

Deno.test("hasTerms() finds words of any script, by their beginnings, whatever their case", () => {
  const cases: [text: string, query: string][] = [
    ["The translation of Mark 4:38", "TRANSLA mark"],
    ["Traducción de la oración", "traduccion oracion"],
    ["Übersetzung für alle", "ubersetzung"],
    ["ﬁnal ＷＩＤＥ", "final wide"],
    ["مراجعة إنجيل مرقس", "إنجيل"],
    ["मरकुस ४ का संदर्भ", "संदर्भ"],
    ["ข้อความภาษาไทยยาว", "ภาษาไทย"],
    ["我们今天讨论圣经翻译", "圣经"],
    ["日本語の聖書翻訳について", "聖書"],
    ["Habari za asubuhi, tunaanza", "asubuhi"],
  ];
  for (const [text, query] of cases) assert.ok(found(text, query), `${query} in ${text}`);
});

Deno.test("hasTerms() finds neither what is absent nor marks that make another word", () => {
  assert.ok(!found("The translation of Mark", "luke"));
  assert.ok(!found("The translation of Mark", "mark luke"));
  assert.ok(!found("की", "का"), "A vowel sign of Devanagari is no accent");
  assert.ok(!found("كَتَبَ", "كَتَبَت"));
});

Deno.test("searchTerms() and queryTerms(): any text is found by any of its words", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
      const terms = searchTerms(text);
      for (const term of terms) assert.ok(term.length <= 40 && term.isWellFormed() && term !== "");
      const joined = joinTerms(terms, 60_000);
      for (const term of terms) assert.ok(hasTerms(joined, [term]));
    }),
    { numRuns: 500 },
  );
});

Deno.test("joinTerms() keeps within its bytes, and whole terms", () => {
  const joined = joinTerms(["聖書", "mark", "luke"], 13);
  assertEquals(joined, "\n聖書\nmark");
  assert.ok(new TextEncoder().encode(joined).length <= 13);
});
