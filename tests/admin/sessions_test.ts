import { createHash, createHmac } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { z } from "zod";
import { adminKeys } from "@/lib/admin/records.ts";
import { openWorld } from "../support/world.ts";
import { Admin, EMAIL, openAdminSite, OTHER, PASSWORD } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { scratch } from "../support/scratch.ts";

const MINUTE = 60_000;

const digest = (text: string) => createHash("sha256").update(text).digest("base64url");
const mac = (key: string, text: string) =>
  createHmac("sha256", key).update(text).digest("base64url");

const FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0";
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

test("a session ends after thirty minutes without use", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  for (let i = 0; i < 4; i++) {
    site.clock.now += 30 * MINUTE - 1;
    assertEquals(await admin.isIn(), true);
  }
  site.clock.now += 30 * MINUTE;
  assertEquals(await admin.isIn(), false);
});

test("polling requests of a page do not extend a session", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const page = await (await admin.get("/admin")).text();
  const figures = await admin.get("/admin/figures");
  const [, own] = /<div id="figures"[^]*(<dl class="figs">[^]*<\/dl>)/.exec(await figures.text()) ??
    [];
  assert.ok(own && page.includes(own), "The figures are those of the overview");
  for (let i = 0; i < 29; i++) {
    site.clock.now += MINUTE;
    const { status } = await admin.get("/admin/figures");
    assertEquals(status, 200, `after ${i + 1} minutes`);
  }
  site.clock.now += MINUTE;
  assertEquals((await admin.get("/admin/figures")).status, 303);
});

test("a session ends twelve hours after the login, however it is used", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  for (let i = 0; i < 12 * 4 - 1; i++) {
    site.clock.now += 15 * MINUTE;
    assertEquals(await admin.isIn(), true, `after ${i + 1} quarters`);
  }
  site.clock.now += 15 * MINUTE - 1;
  assertEquals(await admin.isIn(), true);
  site.clock.now += 1;
  assertEquals(await admin.isIn(), false);
});

test("the token rotates, and a stolen old one opens nothing", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const first = admin.cookie;
  site.clock.now += 15 * MINUTE;
  await admin.get("/admin");
  assert.notEqual(admin.cookie, first, "No new token");
  const old = () => site.fetch("/admin", { headers: { cookie: first } });
  assertEquals((await old()).status, 200, "The answer with the new token may have been lost");
  assertEquals(await admin.isIn(), true);
  assertEquals((await old()).status, 200, "Requests under way carry the old one");
  site.clock.now += MINUTE;
  assertEquals((await old()).status, 303);
  assertEquals(await admin.isIn(), true);
});

test("a lost answer with a new token signs nobody out", async () => {
  await using site = await openAdminSite();
  const { cookie } = await Admin.signIn(site);
  for (let i = 0; i < 8; i++) {
    site.clock.now += 10 * MINUTE;
    const answer = await site.fetch("/admin", { headers: { cookie } });
    assertEquals(answer.status, 200, `after ${(i + 1) * 10} minutes`);
  }
});

test("many requests at the moment of rotation get one new token", async () => {
  await using site = await openAdminSite();
  const { cookie } = await Admin.signIn(site);
  site.clock.now += 15 * MINUTE;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => site.fetch("/admin", { headers: { cookie } })),
  );
  assertEquals(answers.map(({ status }) => status), answers.map(() => 200));
  const cookies = answers.flatMap((answer) => answer.headers.getSetCookie());
  assertEquals(cookies.length, 1);
});

test("the store holds no token, and records the last use once a minute", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site, { userAgent: FIREFOX });
  const { store } = site.world.deps;
  const [row] = await store.admins.sessions();
  const token = admin.cookie.split(".")[1] ?? "";
  assert.ok(row && token.length === 43);
  const raw = await store.kv.get({ ...adminKeys.adminSession(row.id), schema: z.unknown() });
  for (const secret of [token, PASSWORD]) assert.ok(!JSON.stringify(raw).includes(secret));
  const version = async () => (await store.kv.get(adminKeys.adminSession(row.id))).versionstamp;
  const before = await version();
  for (let i = 0; i < 10; i++) {
    site.clock.now += 5_000;
    await admin.get("/admin");
  }
  assertEquals(await version(), before);
  site.clock.now += 10_000;
  await admin.get("/admin");
  assert.notEqual(await version(), before);
});

test("a copy of the store cannot confirm a guessed password", async () => {
  await using site = await openAdminSite();
  await Admin.signIn(site);
  const { store } = site.world.deps;
  const prefixes = ["admin_session", "admin_device", "admin_salt", "audit", "limit", "settings"];
  const rows: unknown[] = [];
  for (const prefix of prefixes) {
    const all = await store.kv.list(
      { prefix: [prefix] },
      (path) => ({ ...adminKeys.adminSession(""), path, schema: z.unknown() }),
    );
    rows.push(...all.map(({ path, value }) => ({ path, value })));
  }
  const copy = new Set(JSON.stringify(rows).match(/[\w-]{8,}/g));
  assert.ok(copy.size > 5, "There is something to look at");
  // The hashes of the right password that an attacker can compute from source and store.
  const salts = [new TextEncoder().encode("obt-helper-admin"), await store.admins.salt()];
  for (const salt of salts) {
    const encoded = await hash(PASSWORD, { salt });
    const raw = encoded.split("$").at(-1) ?? "";
    const made = [encoded, raw, PASSWORD].flatMap((key) => [
      key,
      digest(key),
      ...[...copy].flatMap((text) => [mac(key, text), mac(text, key)]),
    ]);
    const told = made.flatMap((text) => [text, text.slice(0, 16), text.slice(0, 8)])
      .find((text) => copy.has(text));
    assertEquals(told, undefined);
  }
});

test("an admin sees their own sessions and ends one of them, or all", async () => {
  await using site = await openAdminSite();
  const phone = await Admin.signIn(site, { userAgent: FIREFOX });
  site.clock.now += MINUTE;
  const desk = await Admin.signIn(site, { userAgent: CHROME });
  const other = await Admin.signIn(site, { email: OTHER });
  const html = await (await desk.get("/admin/sessions")).text();
  assert.match(html, /Chrome on Windows[^]*this one[^]*Firefox on Android/);
  const ids = [...html.matchAll(/name="session" value="([\w-]+)"/g)].map(([, id]) => id ?? "");
  assertEquals(ids.length, 2);
  const csrf = await desk.token();
  const [otherId = ""] = other.cookie.slice("admin=".length).split(".");
  const foreign = await desk.post("/admin/sessions", { csrf, action: "end", session: otherId });
  assertEquals(foreign.status, 404);
  assertEquals(await other.isIn(), true);

  const [, phoneId = ""] = ids;
  const ended = await desk.post("/admin/sessions", { csrf, action: "end", session: phoneId });
  assertEquals(ended.headers.get("location"), "/admin/sessions?done=ended");
  assertEquals(await phone.isIn(), false);
  assertEquals(await desk.isIn(), true);

  const tablet = await Admin.signIn(site);
  const all = await desk.post("/admin/sessions", { csrf, action: "end-all" });
  assertEquals(all.headers.get("location"), "/admin/login");
  assert.match(all.headers.getSetCookie()[0] ?? "", /^admin=; .*Max-Age=0$/);
  for (const gone of [tablet, desk]) assertEquals(await gone.isIn(), false);
  assertEquals(await other.isIn(), true);
});

test("a session that is ended while in use stays ended", async () => {
  await using site = await openAdminSite();
  const area = site.world.services.admin;
  assert.ok(area);
  for (let i = 0; i < 20; i++) {
    const about = { email: EMAIL, userAgent: null, replaces: null, failures: 0 };
    const { session, cookie } = await area.sessions.open(about);
    site.clock.now += 15 * MINUTE;
    await Promise.all([
      area.sessions.resume(cookie),
      area.sessions.end(EMAIL, session.id),
      area.sessions.resume(cookie),
    ]);
    assertEquals(await site.world.deps.store.admins.session(session.id), null);
    assertEquals(await area.sessions.resume(cookie), null);
  }
});

test("a person has twenty sessions at most", async () => {
  await using site = await openAdminSite();
  const first = await Admin.signIn(site);
  for (let i = 0; i < 20; i++) {
    site.clock.now += 1_000;
    await Admin.signIn(site);
  }
  assertEquals(await first.isIn(), false);
  assertEquals((await site.world.services.admin?.sessions.list(EMAIL))?.length, 20);
});

test("after a restart sessions go on, unless the password or the list of people changed", async () => {
  await using files = await scratch();
  const path = files.store;
  const opens = async (env: Record<string, string>, cookie: string | null) => {
    const base = { ADMIN_PASSWORD: PASSWORD, ALLOWED_ADMIN_EMAILS: `${EMAIL},${OTHER}` };
    await using world = await openWorld({ path, env: { ...base, ...env } });
    const area = world.services.admin;
    assert.ok(area);
    if (cookie !== null) return await area.sessions.resume(cookie);
    return await area.sessions.open({ email: EMAIL, userAgent: null, replaces: null, failures: 0 });
  };
  const cookie = (await opens({}, null))?.cookie ?? "";
  assert.ok(await opens({}, cookie));
  assertEquals(await opens({ ADMIN_PASSWORD: "another horse staple" }, cookie), null);
  assertEquals(await opens({ ALLOWED_ADMIN_EMAILS: OTHER }, cookie), null);
  assert.ok(await opens({}, cookie));
});

test("each page masks the session's token differently, and each form counts", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const tokens = [await admin.token(), await admin.token(), await admin.token()];
  assertEquals(new Set(tokens).size, 3);
  const halves = tokens.flatMap((token) => [token.slice(0, 43), token.slice(43)]);
  assertEquals(new Set(halves).size, 6);
  for (const csrf of tokens) {
    assertEquals((await admin.post("/admin/sessions", { csrf, action: "nothing" })).status, 400);
  }
  const [token = ""] = tokens;
  const [row] = await site.world.deps.store.admins.sessions();
  for (
    const csrf of [
      token.slice(1),
      `${token}A`,
      `${token}AAAA`,
      row?.session.csrf ?? "",
      "=".repeat(86),
    ]
  ) {
    assertEquals((await admin.post("/admin/sessions", { csrf, action: "nothing" })).status, 403);
  }
});
