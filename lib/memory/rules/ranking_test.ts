import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { rankByTerms } from "./ranking.ts";

const term = fc.constantFrom("sower", "covenant", "goat", "goats", "kisumu", "the", "story");
const item = fc.record({ terms: fc.uniqueArray(term, { maxLength: 5 }), at: fc.nat(1_000) });
const items = fc.uniqueArray(item, { maxLength: 12, selector: ({ at }) => at });
const question = fc.uniqueArray(term, { maxLength: 5 });

Deno.test("rankByTerms() keeps every item once, best first, whatever the order of items and terms", () => {
  fc.assert(
    fc.property(question, items, (asked, all) => {
      const ranked = rankByTerms(asked, all);
      assertEquals(new Set(ranked.map(({ item }) => item)), new Set(all));
      for (const [i, { score, item }] of ranked.entries()) {
        const next = ranked[i + 1];
        assert.ok(!next || score > next.score || (score === next.score && item.at >= next.item.at));
      }
      const other = rankByTerms(asked.toReversed(), all.toReversed());
      assertEquals(other.map(({ item }) => item.at), ranked.map(({ item }) => item.at));
    }),
  );
});

Deno.test("rankByTerms() gives nothing to an item without a term, and never less for one term more", () => {
  fc.assert(
    fc.property(question, items, term, (asked, all, more) => {
      for (const { item, score } of rankByTerms(asked, all)) {
        const alike = asked.some((each) =>
          item.terms.some((own) => own.startsWith(each) || each.startsWith(own))
        );
        assertEquals(score > 0, alike);
      }
      const [first, ...others] = all;
      if (!first) return;
      const richer = { ...first, terms: [...new Set([...first.terms, more])] };
      const place = (list: typeof all, one: typeof first) =>
        rankByTerms([more], list).findIndex(({ item }) => item === one);
      assert.ok(place([richer, ...others], richer) <= place(all, first));
    }),
  );
});

Deno.test("rankByTerms() counts rare terms more, and beginnings of words", () => {
  const common = { terms: ["story", "the"], at: 3 }, rare = { terms: ["covenant", "the"], at: 1 };
  const both = { terms: ["the", "story"], at: 2 };
  const [best] = rankByTerms(["story", "covenant"], [common, rare, both]);
  assertEquals(best?.item, rare);
  assertEquals(rankByTerms(["covenants"], [rare, common])[0]?.item, rare);
  assertEquals(rankByTerms(["cove"], [rare])[0]?.score, 0);
});
