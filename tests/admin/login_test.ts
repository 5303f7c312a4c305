import { hash } from "@node-rs/argon2";
import { Admin, cookieOf, EMAIL, openAdminSite, OTHER, PASSWORD, post } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import type { Site } from "../support/site.ts";

const MINUTE = 60_000;

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

async function attempt(site: Site, email: string, password: string, from?: string) {
  const answer = await post(site, "/admin/login", { email, password }, "", from);
  return { answer, status: answer.status, text: await answer.text() };
}

test("an allowed address in any case and the password open the area", async () => {
  await using site = await openAdminSite({ ALLOWED_ADMIN_EMAILS: "Ada@Example.org" });
  const admin = await Admin.signIn(site, { email: "  aDA@example.ORG " });
  const page = await admin.get("/admin");
  assertEquals(page.status, 200);
  assert.match(await page.text(), /ada@example\.org/);
});

test("the password may be given as its argon2id hash", async () => {
  const encoded = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
  await using site = await openAdminSite({ ADMIN_PASSWORD: encoded });
  await Admin.signIn(site);
  assertEquals((await attempt(site, EMAIL, encoded)).status, 403);
});

test("a wrong password and an unknown address are answered alike, in the same time", async () => {
  await using site = await openAdminSite();
  const known = await attempt(site, EMAIL, "wrong", "192.0.2.10");
  const unknown = await attempt(site, "eve@example.org", PASSWORD, "192.0.2.11");
  assertEquals(known.status, 403);
  assertEquals(unknown.status, 403);
  const neutral = (text: string) =>
    text.replaceAll(/(ada|eve)@example\.org/g, "").replaceAll(/nonce="[^"]*"/g, "");
  assertEquals(neutral(known.text), neutral(unknown.text));
  assertEquals(known.answer.headers.getSetCookie(), []);

  const times = { known: [] as number[], unknown: [] as number[] };
  for (let i = 0; i < 8; i++) {
    for (const [which, email] of [["known", EMAIL], ["unknown", "eve@example.org"]] as const) {
      site.clock.now += 16 * MINUTE;
      const began = performance.now();
      await attempt(site, email, "wrong", `192.0.2.${i}`);
      times[which].push(performance.now() - began);
    }
  }
  const fastest = (list: number[]) => Math.min(...list);
  const ratio = fastest(times.known) / fastest(times.unknown);
  // deno-lint-ignore no-console -- a figure to read, in the output of the tests
  console.log(`known ${fastest(times.known).toFixed(1)} ms, ratio ${ratio.toFixed(2)}`);
  assert.ok(ratio > 0.6 && ratio < 1.7, `ratio ${ratio}`);
});

test("after five failures an account waits, wherever one tries from", async () => {
  await using site = await openAdminSite();
  for (let i = 0; i < 5; i++) {
    assertEquals((await attempt(site, EMAIL, "wrong", `192.0.2.${i}`)).status, 403);
  }
  const sixth = await attempt(site, EMAIL.toUpperCase(), PASSWORD, "192.0.2.99");
  assertEquals(sixth.status, 429);
  assertEquals(sixth.answer.headers.get("retry-after"), "900");
  assert.match(sixth.text, /You can try again in 15 minutes/);
  assertEquals((await attempt(site, OTHER, PASSWORD, "192.0.2.98")).status, 303);
  site.clock.now += 15 * MINUTE - 1;
  assertEquals((await attempt(site, EMAIL, PASSWORD, "192.0.2.99")).status, 429);
  site.clock.now += 1;
  assertEquals((await attempt(site, EMAIL, PASSWORD, "192.0.2.99")).status, 303);
});

test("after five failures an address waits, whomever one tries to be", async () => {
  await using site = await openAdminSite();
  for (let i = 0; i < 5; i++) await attempt(site, `someone${i}@example.org`, "wrong");
  assertEquals((await attempt(site, EMAIL, PASSWORD)).status, 429);
  assertEquals((await attempt(site, EMAIL, PASSWORD, "192.0.2.77")).status, 303);
});

test("a hundred failures of all together close the door for a while", async () => {
  await using site = await openAdminSite();
  for (let i = 0; i < 100; i++) {
    await attempt(site, `someone${i}@example.org`, "wrong", `198.51.100.${i}`);
  }
  assertEquals((await attempt(site, EMAIL, PASSWORD, "192.0.2.77")).status, 429);
  site.clock.now += 15 * MINUTE;
  assertEquals((await attempt(site, EMAIL, PASSWORD, "192.0.2.77")).status, 303);
});

test("tries at the same moment are no more than tries one after another", async () => {
  await using site = await openAdminSite();
  const tries = await Promise.all(
    Array.from({ length: 30 }, (_, i) => attempt(site, EMAIL, "wrong", `192.0.2.${i}`)),
  );
  assertEquals(tries.filter(({ status }) => status === 403).length, 5);
  assertEquals(tries.filter(({ status }) => status === 429).length, 25);
});

test("a success forgets the account's failures", async () => {
  await using site = await openAdminSite();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 4; i++) await attempt(site, EMAIL, "wrong", `192.0.2.${round * 4 + i}`);
    assertEquals((await attempt(site, EMAIL, PASSWORD, "203.0.113.1")).status, 303);
  }
});

test("after the login one comes to the page that was asked for, never to another host's", async () => {
  await using site = await openAdminSite();
  const asked = await site.fetch("/admin/audit?who=ada&action=session");
  const next = new URLSearchParams(asked.headers.get("location")?.split("?")[1]).get("next") ?? "";
  const to = async (wanted: string) => {
    const fields = { email: EMAIL, password: PASSWORD, next: wanted };
    const answer = await post(site, "/admin/login", fields);
    assertEquals(answer.status, 303);
    return answer.headers.get("location");
  };
  assertEquals(await to(next), "/admin/audit?who=ada&action=session");
  for (
    const evil of [
      "https://evil.example/",
      "//evil.example/admin",
      "/admin//evil.example\\",
      "/\\evil.example",
      "/administer",
      "javascript:alert(1)",
      "/admin\r\nset-cookie: a=b",
    ]
  ) assertEquals(await to(evil), "/admin");
});

test("the login gives a session of its own, whatever cookie was planted before", async () => {
  await using site = await openAdminSite();
  const planted = `admin=${"B".repeat(22)}.${"B".repeat(43)}`;
  const admin = await Admin.signIn(site, { cookie: planted });
  assert.notEqual(admin.cookie, planted);
  assertEquals((await site.fetch("/admin", { headers: { cookie: planted } })).status, 303);
  const again = await Admin.signIn(site, { cookie: admin.cookie });
  assert.notEqual(again.cookie, admin.cookie);
  assertEquals(await admin.isIn(), false, "The session that was replaced goes on");
  assertEquals(await again.isIn(), true);
});

test("the cookie is kept from scripts and other sites, and bound to https where there is https", async () => {
  const setCookie = async (env: Record<string, string>) => {
    await using site = await openAdminSite(env);
    const answer = await post(site, "/admin/login", { email: EMAIL, password: PASSWORD });
    assert.ok(cookieOf(answer));
    return answer.headers.getSetCookie().map((cookie) => cookie.replace(/=[\w.-]{66}/, "=…"));
  };
  assertEquals(await setCookie({}), ["admin=…; Path=/; HttpOnly; SameSite=Lax"]);
  assertEquals(await setCookie({ PUBLIC_URL: "https://helper.example.org" }), [
    "__Host-admin=…; Path=/; HttpOnly; SameSite=Lax; Secure",
  ]);
});
