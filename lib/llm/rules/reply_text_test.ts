import { serialize } from "node:v8";
import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { cutText, isBlank, LONGEST_TEXT } from "./reply_text.ts";

Deno.test("cutText() returns a prefix within the limit that ends with a whole character", () => {
  assertEquals(cutText("語語語", 2), "語語");
  assertEquals(cutText("a🎉b", 2), "a");
  assertEquals(cutText("a🎉b", 3), "a🎉");
  assertEquals(cutText("abc", 0), "");
  assertEquals(cutText("abc", -4), "");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(40), (text, units) => {
      const cut = cutText(text, units);
      assert.ok(text.startsWith(cut) && cut.length <= units && cut.isWellFormed());
      assert.ok(cut.length >= Math.min(text.length, units) - 1);
    }),
  );
});

Deno.test("LONGEST_TEXT of any characters leaves room for the other fields of a 65,536-byte record", () => {
  for (const text of ["語", "é", "x", "🎉"]) {
    const cut = cutText(text.repeat(LONGEST_TEXT), LONGEST_TEXT);
    assert.ok(serialize({ text: cut }).length < 61_000, text);
  }
});

Deno.test("isBlank() is true for texts that show nothing", () => {
  for (const text of ["", " \n", "\t\r\n\u00a0\u3000", "\u200b\ufeff\u2060", "\0"]) {
    assert.ok(isBlank(text), JSON.stringify(text));
  }
  for (const text of [".", " 語 ", "🎉", "\u200b-"]) assert.ok(!isBlank(text), text);
});
