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
  const encoded = await hash(PASSWORD);
  await using site = await openAdminSite({ ADMIN_PASSWORD: encoded });
  await Admin.signIn(site);
  assertEquals((await attempt(site, EMAIL, encoded)).status, 403);
});

test("a wrong password and an unknown address get the same answer in the same time", async () => {
  await using site = await openAdminSite();
  const known = await attempt(site, EMAIL, "wrong", "192.0.2.10");
  const unknown = await attempt(site, "eve@example.org", PASSWORD, "192.0.2.11");
  assertEquals(known.status, 403);
  assertEquals(unknown.status, 403);
  const neutral = (text: string) =>
    text.replaceAll(/(ada|eve)@example\.org/g, "").replaceAll(/nonce="[^"]*"/g, "");
  assertEquals(neutral(known.text), neutral(unknown.text));
  assertEquals(known.answer.headers.getSetCookie(), []);

  // The fastest of each is compared. A busy machine can slow all eight of one side, so a pair that
  // differs is measured on; a difference of the program's stays however often it is measured.
  const fastest = { known: Infinity, unknown: Infinity };
  const ratio = () => fastest.known / fastest.unknown;
  const alike = () => ratio() > 0.6 && ratio() < 1.7;
  for (let round = 0; round < 5 && !alike(); round++) {
    for (let i = 0; i < 8; i++) {
      for (const [which, email] of [["known", EMAIL], ["unknown", "eve@example.org"]] as const) {
        site.clock.now += 16 * MINUTE;
        const began = performance.now();
        await attempt(site, email, "wrong", `192.0.2.${i}`);
        fastest[which] = Math.min(fastest[which], performance.now() - began);
      }
    }
  }
  // deno-lint-ignore no-console -- a figure to read, in the output of the tests
  console.log(`known ${fastest.known.toFixed(1)} ms, ratio ${ratio().toFixed(2)}`);
  assert.ok(alike(), `ratio ${ratio()}`);
});

/** Signs in; the cookie that marks the browser as known. */
async function knownBrowser(site: Site, email = EMAIL, device = ""): Promise<string> {
  const answer = await post(site, "/admin/login", { email, password: PASSWORD }, device);
  assertEquals(answer.status, 303);
  return answer.headers.getSetCookie()[1]?.split(";")[0] ?? "";
}

test("after five failures an address waits, whichever account it tries", async () => {
  await using site = await openAdminSite();
  for (let i = 0; i < 5; i++) {
    assertEquals((await attempt(site, `someone${i}@example.org`, "wrong")).status, 403);
  }
  const sixth = await attempt(site, EMAIL, PASSWORD);
  assertEquals(sixth.status, 429);
  assertEquals(sixth.answer.headers.get("retry-after"), "900");
  assert.match(sixth.text, /You can try again in 15 minutes/);
  assertEquals((await attempt(site, EMAIL, PASSWORD, "192.0.2.77")).status, 303);
  site.clock.now += 15 * MINUTE - 1;
  assertEquals((await attempt(site, EMAIL, PASSWORD)).status, 429);
  site.clock.now += 1;
  assertEquals((await attempt(site, EMAIL, PASSWORD)).status, 303);
});

test("a hundred failures from as many addresses lock nobody out", async () => {
  await using site = await openAdminSite();
  const device = await knownBrowser(site);
  for (let i = 0; i < 100; i++) await attempt(site, EMAIL, "wrong", `198.51.100.${i}`);
  assertEquals((await attempt(site, EMAIL, PASSWORD, "192.0.2.77")).status, 303);
  const login = { email: EMAIL, password: PASSWORD };
  assertEquals((await post(site, "/admin/login", login, device, "198.51.100.7")).status, 303);
});

test("a browser that signed in before gets in from an address that waits", async () => {
  await using site = await openAdminSite();
  const device = await knownBrowser(site);
  for (let i = 0; i < 6; i++) await attempt(site, EMAIL, "wrong");
  assertEquals((await attempt(site, EMAIL, PASSWORD)).status, 429);
  const login = { email: EMAIL, password: PASSWORD };
  assertEquals((await post(site, "/admin/login", login, device)).status, 303);
  // The mark holds for the person who signed in, and as long as the store has it.
  const as = async (email: string, cookie: string) =>
    (await post(site, "/admin/login", { email, password: PASSWORD }, cookie)).status;
  assertEquals(await as(OTHER, device), 429);
  const other = device.endsWith("AA") ? "BA" : "AA";
  assertEquals(await as(EMAIL, `${device.slice(0, -2)}${other}`), 429);
  const [, id = "", token = ""] = /=([\w-]{22})\.([\w-]{43})$/.exec(device) ?? [];
  const stored = await site.world.deps.store.admins.device(id);
  assert.ok(stored && !JSON.stringify(stored).includes(token), "The store holds the cookie");
  assertEquals(await as(EMAIL, `admin-device=${id}.${stored.token}`), 429);
});

test("a known browser has five tries of its own, for each account that signed in there", async () => {
  await using site = await openAdminSite();
  const device = await knownBrowser(site);
  assertEquals(await knownBrowser(site, OTHER, device), device);
  const as = (email: string, password: string, from: string) =>
    post(site, "/admin/login", { email, password }, device, from);
  for (let i = 0; i < 5; i++) {
    assertEquals((await as(EMAIL, "wrong", `192.0.2.${i}`)).status, 403);
  }
  assertEquals((await as(EMAIL, PASSWORD, "192.0.2.9")).status, 429);
  assertEquals((await as(OTHER, PASSWORD, "192.0.2.9")).status, 303);
  site.clock.now += 15 * MINUTE;
  assertEquals((await as(EMAIL, PASSWORD, "192.0.2.9")).status, 303);
  site.clock.now += 181 * 24 * 60 * MINUTE;
  for (let i = 0; i < 5; i++) await attempt(site, EMAIL, "wrong");
  assertEquals((await as(EMAIL, PASSWORD, "192.0.2.1")).status, 429, "Known for ever");
});

test("an IPv6 subscriber with 65,536 networks has twenty tries", async () => {
  await using site = await openAdminSite();
  const from = (i: number) => `2001:db8:7:${i.toString(16)}::1`;
  for (let i = 0; i < 20; i++) {
    assertEquals((await attempt(site, EMAIL, "wrong", from(i))).status, 403);
  }
  assertEquals((await attempt(site, EMAIL, PASSWORD, from(99))).status, 429);
  assertEquals((await attempt(site, EMAIL, PASSWORD, "2001:db8:8::1")).status, 303);
});

test("concurrent tries count the same as sequential ones", async () => {
  await using site = await openAdminSite();
  const tries = await Promise.all(
    Array.from({ length: 30 }, () => attempt(site, EMAIL, "wrong")),
  );
  assertEquals(tries.filter(({ status }) => status === 403).length, 5);
  assertEquals(tries.filter(({ status }) => status === 429).length, 25);
});

test("unknown browsers queue up to a limit; a known browser goes before them", async () => {
  await using site = await openAdminSite();
  const device = await knownBrowser(site);
  const order: string[] = [];
  const strangers = Array.from({ length: 120 }, async (_, i) => {
    const { status, text } = await attempt(site, EMAIL, "wrong", `198.51.100.${i}`);
    order.push(`stranger ${status}`);
    return { status, text };
  });
  const login = { email: EMAIL, password: PASSWORD };
  const known = post(site, "/admin/login", login, device).then(({ status }) => {
    order.push(`known ${status}`);
  });
  const answers = await Promise.all(strangers);
  await known;
  const sent = answers.filter(({ status }) => status === 429);
  assert.ok(sent.length > 20, `${sent.length} sent away`);
  for (const { text } of sent) assert.match(text, /Your password was not checked/);
  assert.ok(order.indexOf("known 303") < order.lastIndexOf("stranger 403"), order.join());
  // A request that the full queue refused has used no try.
  const away = answers.findIndex(({ status }) => status === 429);
  for (let i = 0; i < 5; i++) {
    assertEquals((await attempt(site, EMAIL, "wrong", `198.51.100.${away}`)).status, 403);
  }
});

test("the number of tries left is exact, and the last one is announced", async () => {
  await using site = await openAdminSite();
  for (const left of ["4 tries are left", "3 tries are left", "2 tries are left", "One try is"]) {
    const { status, text } = await attempt(site, EMAIL, "wrong");
    assertEquals(status, 403);
    assert.ok(text.includes(left), left);
  }
  const last = await attempt(site, OTHER, "wrong");
  assertEquals(last.status, 403);
  assert.match(last.text, /That was the last try for a quarter of an hour/);
  const next = await attempt(site, EMAIL, PASSWORD);
  assertEquals(next.status, 429);
  assert.match(next.text, /Your password was not checked this time/);
});

test("blocked sources are listed, and “Let through again” admits the right password", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const device = await knownBrowser(site, OTHER);
  const v6 = (i: number) => `2001:db8:7:${i.toString(16)}::1`;
  for (let i = 0; i < 6; i++) {
    await attempt(site, EMAIL, "wrong", "192.0.2.5");
    await post(site, "/admin/login", { email: OTHER, password: "wrong" }, device);
  }
  for (let i = 0; i < 26; i++) {
    await attempt(site, EMAIL, "wrong", v6(i < 20 ? 1 + Math.floor(i / 5) : 1));
  }
  const login = { email: OTHER, password: PASSWORD };
  const tries = {
    address: async () => (await post(site, "/admin/login", login, "", "192.0.2.5")).status,
    device: async () => (await post(site, "/admin/login", login, device)).status,
    network: async () => (await post(site, "/admin/login", login, "", v6(1))).status,
  };
  for (const held of Object.values(tries)) assertEquals(await held(), 429);
  const { limits } = site.world.services.settings;
  const { rows } = await limits.refused();
  const html = await (await admin.get("/admin/limits")).text();
  for (
    const [kind, label, who, held] of [
      ["login-address", "Failed logins", "192.0.2.…", tries.address],
      ["login-device", "Failed logins in a known browser", "g…@example.org", tries.device],
      ["login-address", "Failed logins", "2001:db8:7:1::/64", tries.network],
    ] as const
  ) {
    const row = rows.find((each) => each.kind === kind && each.who === who);
    assert.ok(row?.held, `${kind} ${who}`);
    assert.ok(html.includes(label) && html.includes(who), `${label} ${who}`);
    const fields = { group: "let-through", kind, day: row.day, id: row.id };
    const csrf = await admin.token();
    assertEquals((await admin.post("/admin/limits", { csrf, ...fields })).status, 303);
    assertEquals(await held(), 303, who);
  }
});

test("a failed login is logged with masked account, masked address and request id", async () => {
  await using site = await openAdminSite();
  const { answer } = await attempt(site, EMAIL, "wrong");
  await attempt(site, "my secret@pass-word", "wrong");
  for (let i = 0; i < 4; i++) await attempt(site, EMAIL, "wrong", "2001:db8:7:1::1234");
  for (let i = 0; i < 2; i++) await attempt(site, EMAIL, "wrong", "2001:db8:7:1::1234");
  const lines = site.world.logged.filter(({ message }) => /^Admin login/.test(message));
  assertEquals(lines[0], {
    level: "warn",
    message: "Admin login failed",
    details: {
      request: answer.headers.get("x-request-id"),
      account: "a…@example.org",
      address: "192.0.2.…",
      knownBrowser: false,
      reason: "denied",
    },
  });
  assert.ok(answer.headers.get("x-request-id"));
  assertEquals(lines[1]?.details?.account, "unknown");
  const last = lines.at(-1);
  assertEquals([last?.message, last?.details?.address, last?.details?.reason], [
    "Admin login held back",
    "2001:db8:7:1::/64",
    "limited",
  ]);
  assert.ok(!/wrong|secret|ada@|1234/.test(JSON.stringify(lines)));
});

test("the login leads to the page that was asked for, never to another host", async () => {
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

test("the login starts a new session, whatever cookie was planted before", async () => {
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

test("the session cookie is HttpOnly and SameSite, and Secure where there is https", async () => {
  const setCookie = async (env: Record<string, string>) => {
    await using site = await openAdminSite(env);
    const answer = await post(site, "/admin/login", { email: EMAIL, password: PASSWORD });
    assert.ok(cookieOf(answer));
    return answer.headers.getSetCookie().map((cookie) => cookie.replace(/=[\w.-]{66}/, "=…"));
  };
  const known = "Path=/; HttpOnly; SameSite=Strict; Max-Age=15552000";
  assertEquals(await setCookie({}), [
    "admin=…; Path=/; HttpOnly; SameSite=Lax",
    `admin-device=…; ${known}`,
  ]);
  assertEquals(await setCookie({ PUBLIC_URL: "https://helper.example.org" }), [
    "__Host-admin=…; Path=/; HttpOnly; SameSite=Lax; Secure",
    `__Host-admin-device=…; ${known}; Secure`,
  ]);
});
