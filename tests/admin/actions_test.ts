import { audit } from "@/lib/audit/log.ts";
import { adminKeys } from "@/lib/admin/records.ts";
import { Admin, EMAIL, openAdminSite, OTHER, post } from "../support/admin.ts";
import { assert, assertEquals, assertRejects } from "../support/assert.ts";
import type { Site } from "../support/site.ts";

const MINUTE = 60_000;

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const OPEN = { action: "", who: "", thing: "", from: "", to: "" };
const actionsOf = async (site: Site, filter: Partial<typeof OPEN> = {}) =>
  (await site.world.services.audit.list({ ...OPEN, ...filter }, "")).entries;

/** Writes entries as services do. */
async function note(site: Site, at: number, action: string, thing: string, who = EMAIL) {
  await site.world.deps.store.transactions.run([], (tx) => {
    audit(tx, { at, who, action, thing, before: { n: 1 }, after: { n: 2 } });
  });
}

test("a person may make fifty changes in five minutes; the refusal names the time to go on", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const csrf = await admin.token();
  const act = () => admin.post("/admin/sessions", { csrf, action: "nothing" });
  for (let i = 0; i < 50; i++) {
    assertEquals((await act()).status, 400);
    site.clock.now += 1_000;
  }
  const refused = await act();
  assertEquals(refused.status, 429);
  assertEquals(refused.headers.get("retry-after"), "250");
  assert.match(await refused.text(), /You can go on in 5 minutes; nothing was changed/);
  const other = await Admin.signIn(site, { email: OTHER, from: "198.51.100.4" });
  const others = { csrf: await other.token(), action: "nothing" };
  assertEquals((await other.post("/admin/sessions", others)).status, 400);
  site.clock.now += 250_000;
  assertEquals((await act()).status, 400);
  assertEquals((await act()).status, 429);
});

test("a change without a session is not made, and its page says so", async () => {
  await using site = await openAdminSite();
  const answer = await post(site, "/admin/sessions", { action: "end-all" });
  assertEquals(answer.status, 401);
  assert.match(await answer.text(), /You are signed out[^]*Nothing was changed/);
});

test("a script gets problem details instead of pages", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const ask = (cookie: string, accept: string, method = "GET") =>
    site.fetch("/admin/no/such", { method, headers: { accept, cookie } });
  for (const accept of ["application/json", "text/event-stream"]) {
    for (const [cookie, status] of [["", 401], [admin.cookie, 404]] as const) {
      const answer = await ask(cookie, accept);
      assertEquals(answer.status, status);
      assertEquals(answer.headers.get("content-type"), "application/problem+json");
      assertEquals((await answer.json()).status, status);
    }
  }
  assertEquals((await ask("", "application/json", "POST")).status, 401);
});

test("a form that is too large, and a body that is no form, are refused", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const csrf = await admin.token();
  const large = await admin.post("/admin/sessions", { csrf, more: "x".repeat(300_000) });
  assertEquals(large.status, 413);
  assert.match(await large.text(), /Sign out/, "Not within the area's frame");
  const send = (type: string, body: string) =>
    site.fetch("/admin/sessions", {
      method: "POST",
      headers: { cookie: admin.cookie, "content-type": type },
      body,
    });
  assertEquals((await send("multipart/form-data; boundary=x", "nonsense")).status, 400);
  assertEquals((await send("text/plain", `csrf=${csrf}`)).status, 403);
});

test("an error in the admin area is explained in its frame, for signed-in admins only", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const missing = await admin.get("/admin/no/such/page");
  assertEquals(missing.status, 404);
  assert.match(await missing.text(), /Error 404[^]*href="\/admin"/);
  assertEquals(missing.headers.get("cache-control"), "no-store");
});

test("logins and logouts are in the log", async () => {
  await using site = await openAdminSite();
  await post(site, "/admin/login", { email: EMAIL, password: "wrong" });
  const admin = await Admin.signIn(site);
  await admin.post("/admin/logout", { csrf: await admin.token() });
  const entries = await actionsOf(site);
  assertEquals(entries.map(({ action, who }) => [action, who]).sort(), [
    ["session.end", EMAIL],
    ["session.start", EMAIL],
  ]);
  const [start] = await actionsOf(site, { action: "session.start" });
  assert.ok(
    start?.changes.some(({ field, after }) => field === "failedTriesBefore" && after === "1"),
  );
});

test("an audit entry is written in the commit of its change", async () => {
  await using site = await openAdminSite();
  const { store, clock } = site.world.deps;
  const entry = { at: clock(), who: EMAIL, action: "a.b", thing: "c:d", before: null, after: null };
  await assertRejects(
    () =>
      store.transactions.run([], (tx) => {
        audit(tx, entry);
        throw new Error("refused after all");
      }),
    "refused",
  );
  assertEquals(await actionsOf(site), []);
});

test("the audit log is searched by action, person, thing and days in the organisation's time zone", async () => {
  await using site = await openAdminSite({ TIME_ZONE: "Africa/Nairobi" });
  const midnight = Date.UTC(2026, 5, 14, 21);
  await note(site, midnight - 1, "tool.change", "tool:one");
  await note(site, midnight, "tool.delete", "tool:two", OTHER);
  await note(site, midnight + 1, "price.set", "price:x");
  const things = async (filter: Partial<typeof OPEN>) =>
    (await actionsOf(site, filter)).map(({ thing }) => thing);
  assertEquals(await things({}), ["price:x", "tool:two", "tool:one"]);
  assertEquals(await things({ action: "tool" }), ["tool:two", "tool:one"]);
  assertEquals(await things({ who: "GRACE" }), ["tool:two"]);
  assertEquals(await things({ thing: "two" }), ["tool:two"]);
  assertEquals(await things({ from: "2026-06-15" }), ["price:x", "tool:two"]);
  assertEquals(await things({ to: "2026-06-14" }), ["tool:one"]);
  assertEquals(await things({ from: "2026-06-15", to: "2026-06-15", action: "price" }), [
    "price:x",
  ]);
  assertEquals(await things({ from: "2026-99-99", to: "tomorrow" }), await things({}));
});

test("the audit log is read page by page, each entry once, without a script", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const began = site.clock.now - 10 * MINUTE;
  for (let i = 0; i < 120; i++) {
    await note(site, began + Math.floor(i / 3), "tool.change", `tool:t${i}`);
  }
  let href: string | undefined = "/admin/audit?action=tool&who=ada";
  const seen: string[] = [];
  for (let pages = 0; href !== undefined && pages < 10; pages++) {
    const html = await (await admin.get(href)).text();
    seen.push(...[...html.matchAll(/<bdi>(tool:t\d+)<\/bdi>/g)].map(([, thing]) => thing ?? ""));
    href = /href="([^"]+)"[^>]*>Older/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  }
  assertEquals(seen.length, 120);
  assertEquals(new Set(seen).size, 120);
});

test("the audit log's page shows user input as text", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  await note(site, site.clock.now, "tool.change", "tool:<script>alert(1)</script>");
  const html = await (await admin.get(`/admin/audit?who=${encodeURIComponent('"><b>')}`)).text();
  assert.ok(!html.includes('"><b>'));
  assert.ok(!(await (await admin.get("/admin/audit")).text()).includes("<script>alert"));
});

test("a damaged session opens nothing", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const [id = ""] = admin.cookie.slice("admin=".length).split(".");
  const { kv } = site.world.deps.store;
  await kv.commit(kv.atomic().set(adminKeys.adminSession(id).path, { email: EMAIL }));
  assertEquals(await admin.isIn(), false);
});
