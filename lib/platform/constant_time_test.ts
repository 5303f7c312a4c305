import { assertEquals } from "@/tests/support/assert.ts";
import { constantTimeEqual } from "./constant_time.ts";

Deno.test("constantTimeEqual() compares as === does", () => {
  const texts = ["", "a", "b", "ab", "abc", "\0", "a\0", "ü", "😀"];
  for (const left of texts) {
    for (const right of texts) assertEquals(constantTimeEqual(left, right), left === right);
  }
});
