import { readLinkCode } from "@/lib/whatsapp/linking/link_code.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { LinkCodes } from "./link_codes.ts";

Deno.test("LinkCodes.codeOf() derives a code again from its salt with the same secret only", () => {
  const codes = new LinkCodes("secret"), elsewhere = new LinkCodes("secret");
  const other = new LinkCodes("another"), none = new LinkCodes(undefined);
  const seen = new Set<string>();
  for (let i = 0; i < 500; i++) {
    const { code, salt, hash } = codes.fresh();
    assertEquals(readLinkCode(code), code);
    assertEquals([elsewhere.codeOf(salt), elsewhere.hashOf(code)], [code, hash]);
    assert.notEqual(other.codeOf(salt), code);
    assert.notEqual(other.hashOf(code), hash);
    assert.notEqual(none.hashOf(code), hash);
    assert.ok(!salt.includes(code) && !hash.includes(code));
    seen.add(code);
  }
  assertEquals(seen.size, 500);
});
