import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { LINK_CODE_ALPHABET, linkCodeFrom, readLinkCode, shownLinkCode } from "./link_code.ts";

Deno.test("linkCodeFrom() makes codes with a digit that readLinkCode() reads in any spelling", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 0, maxLength: 24 }), (random) => {
    const code = linkCodeFrom(random);
    if (code === null) return;
    assert.match(code, /^(?=.*\d)[2-9A-HJKMNP-TV-Z]{8}$/);
    assertEquals(readLinkCode(shownLinkCode(code)), code);
    assertEquals(readLinkCode([...code.toLowerCase()].join(" ")), code);
  }));
  assertEquals(linkCodeFrom(new Uint8Array([0, 1, 2, 3, 4, 5, 6])), null);
  // Byte 20 is a letter: no digit, no code.
  assertEquals(linkCodeFrom(new Uint8Array(8).fill(20)), null);
});

Deno.test("linkCodeFrom() uses every character equally often and drops bytes that would bias it", () => {
  const counts = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) {
    const code = linkCodeFrom(new Uint8Array([byte, 0, 0, 0, 0, 0, 0, 0, 0]));
    const sign = byte < 240 ? code?.charAt(0) ?? "" : "dropped";
    counts.set(sign, (counts.get(sign) ?? 0) + 1);
    if (byte >= 240) assertEquals(code, "22222222");
  }
  for (const sign of LINK_CODE_ALPHABET) assertEquals(counts.get(sign), 8, sign);
});

Deno.test("readLinkCode() is null for a wrong length or character", () => {
  for (
    const typed of [
      "",
      "2345ABC",
      "2345ABCDE",
      "2345ABC0",
      "2345ABCI",
      "2345ABCL",
      "2345ABCO",
      "2345ABCU",
      "2345_ABCD",
    ]
  ) {
    assertEquals(readLinkCode(typed), null, typed);
  }
});
