import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { pieces } from "./reading.ts";

Deno.test("pieces() cuts a long sentence at commas, else at spaces, and loses nothing", () => {
  assertEquals(pieces("A short one."), ["A short one."]);
  const clause = "and so on and so forth with many words more";
  const long = Array(8).fill(clause).join(", ");
  const parts = pieces(long);
  assert.ok(parts.length > 1 && parts.slice(0, -1).every((part) => part.endsWith(",")));
  const word = fc.string({
    minLength: 1,
    maxLength: 30,
    unit: fc.constantFrom("a", "é", ",", "ن"),
  });
  fc.assert(fc.property(fc.array(word, { maxLength: 120 }), (words) => {
    const parts = pieces(words.join(" "));
    assertEquals(parts.join("").replaceAll(" ", ""), words.join(""));
    for (const part of parts) assert.ok(part.length > 0 && part.length <= 220);
  }));
});
