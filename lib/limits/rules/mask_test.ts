import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { maskedSource } from "./mask.ts";

Deno.test("maskedSource() distinguishes addresses, phones and accounts, and shows none in full", () => {
  assertEquals(maskedSource("192.0.2.77"), "192.0.2.…");
  assertEquals(maskedSource("2001:db8:1:2::/64"), "2001:db8:1:2::/64");
  assertEquals(maskedSource("+254712345678"), "+25…78");
  assertEquals(maskedSource("whatsapp:+254712345678"), "+25…78");
  assertEquals(maskedSource("US.13491208655302741918"), "US…18");
  assertEquals(maskedSource("ada@example.org"), "a…@example.org");
  assertEquals(maskedSource("all"), "");
  assertEquals(maskedSource("pmWkWSBCL51Bfkhn79xPuKBKHz__H6B-mY6G9_eieuM"), "");
});

Deno.test("maskedSource() shows at most four digits of any phone number", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?[1-9]\d{6,14}$/), (number) => {
      const shown = maskedSource(number);
      assert.ok(shown.replaceAll(/\D/g, "").length <= 4, shown);
    }),
  );
});
