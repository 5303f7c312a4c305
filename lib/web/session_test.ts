import { createHash } from "node:crypto";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { visitorOf as visitorAt } from "./session.ts";

let now = Date.UTC(2026, 10, 23);
const visitorOf = (cookies: string | null, secure: boolean) =>
  visitorAt(cookies, secure, () => now);

/** The cookie that a browser would send back. */
const sent = (setCookie: string | null) => setCookie?.split(";", 1)[0] ?? "";

Deno.test("visitorOf() gives a new visitor a cookie, and knows him by it again", () => {
  for (const secure of [false, true]) {
    const first = visitorOf(null, secure);
    const again = visitorOf(`a=1; ${sent(first.setCookie)}; b=2`, secure);
    assertEquals(again, { id: first.id, setCookie: null });
  }
});

Deno.test("the cookie is out of reach of scripts and of other sites", () => {
  const plain = visitorOf(null, false).setCookie ?? "";
  const secure = visitorOf(null, true).setCookie ?? "";
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

Deno.test("a visitor's id is not his token and does not lead back to it", () => {
  const { id, setCookie } = visitorOf(null, false);
  const token = sent(setCookie).split("=")[1] ?? "";
  assert.match(token, /^[0-9a-z]{9}[\w-]{43}$/);
  const random = token.slice(9);
  assert.ok(!id.includes(random) && id !== token);
  assertEquals(id.length, 9 + 43);
});

Deno.test("ids of visitors stand in the order in which they came", () => {
  const ids = Array.from({ length: 50 }, () => {
    now += 1;
    return visitorOf(null, false).id;
  });
  assertEquals(ids, ids.toSorted());
});

Deno.test("a token without its time, as it was made before, still names its visitor", () => {
  const token = "k".repeat(43);
  const hash = createHash("sha256").update(token).digest("base64url");
  assertEquals(visitorOf(`visitor=${token}`, false), { id: hash, setCookie: null });
});

Deno.test("tokens do not repeat", () => {
  const ids = new Set(Array.from({ length: 500 }, () => visitorOf(null, false).id));
  assertEquals(ids.size, 500);
});

Deno.test("visitorOf() takes a made-up or damaged token for none", () => {
  for (
    const cookies of [
      "visitor=",
      "visitor=abc",
      `visitor=${"a".repeat(44)}`,
      `visitor=${"A".repeat(52)}`,
      `visitor=${"a".repeat(53)}`,
      "visitor",
      `visitor=${"/".repeat(43)}`,
    ]
  ) {
    assert.notEqual(visitorOf(cookies, false).setCookie, null, cookies);
  }
});

Deno.test("over https a cookie that any neighbour could have set does not count", () => {
  const plain = sent(visitorOf(null, false).setCookie);
  assert.notEqual(visitorOf(plain, true).setCookie, null);
});
