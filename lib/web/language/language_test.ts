import { assertEquals } from "@/tests/support/assert.ts";
import { preferredLanguage } from "./language.ts";

Deno.test("preferredLanguage() follows the browser's order and weights; English otherwise", () => {
  const cases: [header: string | null, language: string][] = [
    [null, "en"],
    ["", "en"],
    ["ar-EG,ar;q=0.9,en;q=0.5", "ar"],
    ["de-CH, fr;q=0.4, pt-BR;q=0.8", "pt"],
    ["de, zh", "en"],
    ["sw;q=0, hi;q=0.1", "hi"],
    ["*", "en"],
    ["es;q=nonsense, id", "id"],
    ["x".repeat(100_000), "en"],
  ];
  for (const [header, language] of cases) assertEquals(preferredLanguage(header), language);
});
