import { createHash } from "node:crypto";
import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { VisitorCookies } from "./session.ts";

let now = Date.UTC(2026, 10, 23);
const SECRET = "s".repeat(43);
const cookies = new VisitorCookies(SECRET, () => now);

/** The Cookie header for a Set-Cookie. */
const sent = (setCookie: string | null) => setCookie?.split(";", 1)[0] ?? "";

Deno.test("VisitorCookies gives a new visitor a cookie that any process reads back", () => {
  for (const secure of [false, true]) {
    const first = cookies.fresh(secure);
    assertEquals(first.isNew, true);
    for (const each of [cookies, cookies, new VisitorCookies(SECRET, () => now)]) {
      const again = each.read(`a=1; ${sent(first.setCookie)}; b=2`, secure);
      assertEquals(again, {
        visitor: { id: first.id, setCookie: null, isNew: false },
        proven: true,
      });
    }
  }
});

Deno.test("VisitorCookies sets a cookie that scripts and other sites cannot use", () => {
  const plain = cookies.fresh(false).setCookie ?? "";
  const secure = cookies.fresh(true).setCookie ?? "";
  for (const cookie of [plain, secure]) {
    assert.match(cookie, /; HttpOnly(;|$)/);
    assert.match(cookie, /; SameSite=Lax(;|$)/);
    assert.match(cookie, /; Path=\/(;|$)/);
    assert.doesNotMatch(cookie, /Domain=/i);
  }
  assert.match(secure, /^__Host-/);
  assert.match(secure, /; Secure(;|$)/);
  assert.doesNotMatch(plain, /Secure/);
});

Deno.test("VisitorCookies makes an id that does not reveal the token", () => {
  const { id, setCookie } = cookies.fresh(false);
  const token = sent(setCookie).split("=")[1] ?? "";
  assert.match(token, /^[0-9a-z]{9}[\w-]{43}\.[\w-]{22}$/);
  assert.ok(!id.includes(token.slice(9, 52)));
  assertEquals(id.length, 9 + 43);
});

Deno.test("VisitorCookies makes ids that sort by time", () => {
  const ids = Array.from({ length: 50 }, () => {
    now += 1;
    return cookies.fresh(false).id;
  });
  assertEquals(ids, ids.toSorted());
});

Deno.test("VisitorCookies repeats no token", () => {
  const ids = new Set(Array.from({ length: 500 }, () => cookies.fresh(false).id));
  assertEquals(ids.size, 500);
});

Deno.test("VisitorCookies.read() accepts an unsigned token as unproven, and signs it", () => {
  const hash = (token: string) => createHash("sha256").update(token).digest("base64url");
  const tokens: [token: string, id: string][] = [
    ["k".repeat(43), hash("k".repeat(43))],
    [`0mwsefkhi${"k".repeat(43)}`, `0mwsefkhi${hash(`0mwsefkhi${"k".repeat(43)}`)}`],
  ];
  for (const [token, id] of tokens) {
    const former = cookies.read(`visitor=${token}`, false);
    assertEquals([former?.visitor.id, former?.proven], [id, false]);
    const signed = sent(former?.visitor.setCookie ?? null);
    assert.ok(signed.startsWith(`visitor=${token}.`));
    const again = cookies.read(signed, false);
    assertEquals([again?.visitor.id, again?.proven], [id, true]);
  }
});

Deno.test("VisitorCookies.read() ignores a made-up or damaged token", () => {
  const { setCookie } = new VisitorCookies("t".repeat(43), () => now).fresh(false);
  const wrong = [
    "visitor=",
    "visitor=abc",
    `visitor=${"a".repeat(44)}`,
    `visitor=${"A".repeat(52)}`,
    `visitor=${"a".repeat(53)}`,
    "visitor",
    `visitor=${"/".repeat(43)}`,
    `visitor=${"a".repeat(43)}.${"a".repeat(22)}`,
    `visitor=${"a".repeat(43)}.`,
    sent(setCookie),
  ];
  for (const each of wrong) assertEquals(cookies.read(each, false), null, each);
});

Deno.test("VisitorCookies.read() finds the visitor beside another program's cookie of the same name", () => {
  const cookie = sent(cookies.fresh(false).setCookie);
  const id = cookies.read(cookie, false)?.visitor.id;
  const unsigned = `visitor=${"k".repeat(43)}`;
  for (
    const other of [
      "visitor=3",
      "visitor=",
      unsigned,
      `visitor=${"a".repeat(43)}.${"a".repeat(22)}`,
    ]
  ) {
    for (const both of [`${other}; ${cookie}`, `${cookie}; ${other}`]) {
      const found = cookies.read(both, false);
      assertEquals([found?.visitor.id, found?.proven], [id, true], both);
    }
  }
});

Deno.test("VisitorCookies.read() proves no changed cookie", () => {
  const cookie = sent(cookies.fresh(false).setCookie);
  const at = fc.nat(cookie.length - 1);
  fc.assert(fc.property(at, fc.string({ maxLength: 3 }), fc.nat(3), (from, put, cut) => {
    const changed = cookie.slice(0, from) + put + cookie.slice(from + cut);
    // White space around name and value is ignored.
    if (changed.replace(/^\s+|\s+(?==)|\s+$/g, "").replace(/=\s+/, "=") === cookie) return;
    if (changed.includes(";")) return;
    assert.notEqual(cookies.read(changed, false)?.proven, true, changed);
  }));
});

Deno.test("VisitorCookies.read() ignores the plain cookie over https, which a neighbour could set", () => {
  const plain = sent(cookies.fresh(false).setCookie);
  assertEquals(cookies.read(plain, true), null);
});
