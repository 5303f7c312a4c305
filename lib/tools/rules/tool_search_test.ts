import { assertEquals } from "@/tests/support/assert.ts";
import { hasWords } from "./tool_search.ts";

Deno.test("hasWords() wants every word, in any case, order and text", () => {
  const texts = ["Key Terms Helper", "Words that carry a text"];
  const found = (search: string) => hasWords(search, texts);
  assertEquals(["", "  ", "terms KEY", "carry helper", "ter"].map(found), Array(5).fill(true));
  assertEquals(["maths", "key maths"].map(found), [false, false]);
});
