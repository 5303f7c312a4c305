import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { formatKey, isKeyId, keyIdOf, keyLabel, parseKey, secretOf } from "./key_format.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const key = fc.record({ id: bytes(8).map(keyIdOf), secret: bytes(32).map(secretOf) }, {
  noNullPrototype: true,
});

Deno.test("parseKey() reads what formatKey() writes, a form that scanners find", () => {
  fc.assert(fc.property(key, (parts) => {
    const text = formatKey(parts);
    assert.match(text, /^obt_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$/);
    assertEquals(parseKey(text), parts);
    assert.ok(isKeyId(parts.id) && text.startsWith(keyLabel(parts)));
  }));
});

Deno.test("parseKey() refuses every typo: a changed, missing, added or swapped character", () => {
  const position = fc.nat(61);
  fc.assert(
    fc.property(key, position, fc.constantFrom(..."aZ0x_ "), (parts, at, other) => {
      const text = formatKey(parts);
      const variants = [
        text.slice(0, at) + other + text.slice(at + 1),
        text.slice(0, at) + text.slice(at + 1),
        text.slice(0, at) + other + text.slice(at),
        text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2),
      ];
      for (const variant of variants) if (variant !== text) assertEquals(parseKey(variant), null);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("secretOf() differs for different bytes, also with leading zeros", () => {
  const zeros = new Uint8Array(32);
  const one = new Uint8Array(32).fill(0);
  one[31] = 1;
  assertEquals([secretOf(zeros).length, secretOf(new Uint8Array(32).fill(255)).length], [43, 43]);
  assert.notEqual(secretOf(zeros), secretOf(one));
});

Deno.test("formatKey() has the CRC-32 of the text before it", () => {
  // CRC-32 of "obt_00000000_" and 43 zeros, by zlib.
  const text = formatKey({ id: "00000000", secret: "0".repeat(43) });
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const sum = [...text.slice(-6)].reduce((all, digit) => all * 62 + digits.indexOf(digit), 0);
  assertEquals(sum, 822_473_059);
});
