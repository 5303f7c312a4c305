import fc from "fast-check";
import { assert, assertEquals } from "../../tests/support/assert.ts";
import { hashProblem, isEmail, isWeakPassword } from "./password_rules.ts";

Deno.test("isWeakPassword() is true for common guesses", () => {
  for (
    const weak of [
      "1",
      "x",
      "secret",
      "password",
      "Password1!",
      "P@ssw0rd2024",
      "12345678",
      "87654321",
      "+41 79 123 45 67",
      "24.12.1990",
      "1234567890123",
      "abcdefgh",
      "qwertyuiop",
      "1q2w3e4r5t",
      "aaaaaaaaaaaaaaaa",
      "adminadmin",
      "testtesttest",
      "abcabcabcabc",
      "Welcome2026",
      "!!changeme!!",
      "ObtHelper2026",
      "a long password of your own",
      "ada@example.org",
      "Lovelace99",
    ]
  ) assert.ok(isWeakPassword(weak, ["ada@example.org", "lovelace@example.org"]), weak);
});

Deno.test("isWeakPassword() is false for strong passwords", () => {
  for (
    const strong of [
      "correct horse battery staple",
      "tr0ub4dor&3",
      "M9f-kd2!qLx",
      "जल ही जीवन है 42",
      "kisima cha maji safi",
      "password manager on a green hill",
    ]
  ) assert.ok(!isWeakPassword(strong, ["ada@example.org"]), strong);
});

Deno.test("isWeakPassword() is true for any short password, and always ends", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
    const weak = isWeakPassword(text, [text]);
    if ([...text.normalize("NFKC")].length < 8) assert.ok(weak);
  }));
});

Deno.test("hashProblem() requires argon2id at OWASP's cost, and at most what a server can check", () => {
  const encoded = (costs: string, salt = "c29tZXNhbHRzYWx0c2E", hash = "A".repeat(43)) =>
    `$argon2id$v=19$${costs}$${salt}$${hash}`;
  for (const good of ["m=19456,t=2,p=1", "m=47104,t=1,p=1", "m=7168,t=5,p=1", "m=65536,t=3,p=4"]) {
    assertEquals(hashProblem(encoded(good)), null, good);
  }
  for (const weak of ["m=8,t=1,p=1", "m=19456,t=1,p=1", "m=1024,t=100,p=1"]) {
    assert.match(hashProblem(encoded(weak)) ?? "", /costs more to guess/, weak);
  }
  assert.match(hashProblem(encoded("m=19456,t=2,p=1", "c2FsdA")) ?? "", /8 bytes of salt/);
  for (const huge of ["m=4194304,t=1,p=1", "m=19456,t=99,p=1", "m=19456,t=2,p=0"]) {
    assert.match(hashProblem(encoded(huge)) ?? "", /can check/, huge);
  }
  for (const none of ["$argon2i$v=19$m=19456,t=2,p=1$a$b", "$argon2id$v=19$short"]) {
    assert.match(hashProblem(none) ?? "", /whole argon2id hash/, none);
  }
});

Deno.test("isEmail() tells addresses from other texts", () => {
  for (
    const good of [
      "ada@example.org",
      "root@localhost",
      "o'neill+x@ex-ample.co.uk",
      "x@bücher.example",
    ]
  ) {
    assertEquals(isEmail(good), true, good);
  }
  for (
    const wrong of [
      "ada",
      "@example.org",
      "ada@",
      "a@b@c",
      "a@x.org;b@y.org",
      "a b@x.org",
      "a@x..org",
      "*",
    ]
  ) assertEquals(isEmail(wrong), false, wrong);
});
