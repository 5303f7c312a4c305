import { limitKeys } from "@/lib/limits/records.ts";
import { IDLE_MS } from "@/lib/admin/rules/admin_session.ts";
import { Admin, EMAIL, openAdminSite, OTHER, post } from "./support/admin.ts";
import { adminRoutes, SAFE } from "./support/admin_routes.ts";
import { assert, assertEquals } from "./support/assert.ts";
import type { Site } from "./support/site.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
/** The one address of the area that answers without a session. */
const DOOR = "/admin/login";

const routes = await adminRoutes();

/** Texts that only admins may see. */
async function secretsOf(site: Site, admin: Admin): Promise<string[]> {
  const tools = await site.world.deps.store.tools.list();
  const prompts = tools.map((tool) => tool.systemPrompt.slice(0, 40));
  const sessions = await site.world.deps.store.admins.sessions();
  const tokens = sessions.map(({ session }) => session.csrf);
  return [
    EMAIL,
    OTHER,
    await admin.token(),
    ...tokens,
    ...prompts,
    ...tools.map((tool) => tool.model),
  ];
}

async function assertTellsNothing(answer: Response, secrets: string[], where: string) {
  assertEquals(answer.headers.get("cache-control"), "no-store", where);
  const text = await answer.text() + JSON.stringify([...answer.headers]);
  for (const secret of secrets) assert.ok(!text.includes(secret), `${where} tells ${secret}`);
}

/** Everything in the store that a refused request must leave unchanged. */
async function contents(site: Site): Promise<string> {
  const { store } = site.world.deps;
  const { entries } = await site.world.services.audit.list(
    { action: "", who: "", thing: "", from: "", to: "" },
    "",
  );
  const all = [await store.tools.list(), await store.admins.sessions(), entries];
  return JSON.stringify(all, (_, value) => typeof value === "bigint" ? `${value}` : value);
}

Deno.test("adminRoutes() lists every route on the disk", () => {
  const paths = routes.map(({ path }) => path);
  for (const known of ["/admin", DOOR, "/admin/logout", "/admin/audit", "/admin/some/where"]) {
    assert.ok(paths.includes(known), `${known} is not in ${paths.join(" ")}`);
  }
});

Deno.test({
  name: "no admin address answers without a session, whatever the cookie",
  // The build of the pages leaves a process behind.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using site = await openAdminSite();
    const idle = await Admin.signIn(site);
    site.clock.now += IDLE_MS;
    const ended = await Admin.signIn(site);
    await ended.post("/admin/logout", { csrf: await ended.token() });
    const admin = await Admin.signIn(site);
    const other = await Admin.signIn(site, { email: OTHER });
    const [id = "", token = ""] = admin.cookie.slice("admin=".length).split(".");
    const visitor = (await site.fetch("/chat/general-assistant")).headers.getSetCookie()[0] ?? "";
    const strangers: Record<string, string> = {
      "no cookie": "",
      "an expired session": idle.cookie,
      "an ended session": ended.cookie,
      "a visitor's cookie": visitor.split(";")[0] ?? "",
      "a visitor's token": `admin=${visitor.split(/[=;]/)[1]}`,
      "another's token": `admin=${id}.${other.cookie.split(".")[1]}`,
      "a forged token": `admin=${id}.${"A".repeat(43)}`,
      "another id": `admin=${"A".repeat(22)}.${token}`,
      "no token": `admin=${id}.`,
      "the cookie of https": `__Host-${admin.cookie}`,
      "nonsense": "admin=../../../; admin=%00; admin",
    };
    const secrets = await secretsOf(site, admin);
    const before = await contents(site);
    let asked = 0;
    for (const { path } of routes) {
      for (const [who, cookie] of Object.entries(strangers)) {
        for (const method of METHODS) {
          if (path === DOOR && method === "POST") continue;
          const where = `${method} ${path} with ${who}`;
          const answer = await site.fetch(path, {
            method,
            headers: { cookie, "sec-fetch-site": "same-origin" },
            body: SAFE.includes(method) ? null : new URLSearchParams({ csrf: "A".repeat(86) }),
          });
          const { status } = answer;
          if (SAFE.includes(method)) {
            assertEquals(status, path === DOOR ? 200 : 303, where);
            const to = answer.headers.get("location");
            if (path !== DOOR) assert.match(to ?? "", /^\/admin\/login(\?next=|$)/, where);
          } else assert.ok([401, 403, 405].includes(status), `${where}: ${status}`);
          await assertTellsNothing(answer, secrets, where);
          asked++;
        }
      }
    }
    assertEquals(await contents(site), before);
    assert.ok(await admin.isIn() && await other.isIn());
    // deno-lint-ignore no-console -- a figure to read, in the output of the tests
    console.log(`${asked} requests to ${routes.length} routes, all turned away`);
  },
});

Deno.test({
  name: "no admin address accepts a change without its session's token",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using site = await openAdminSite({ RATE_LIMIT_ADMIN_PER_5MIN: "1" });
    const admin = await Admin.signIn(site);
    const other = await Admin.signIn(site, { email: OTHER });
    const tokens = { none: null, wrong: "A".repeat(86), empty: "", others: await other.token() };
    const before = await contents(site);
    for (const { path, changing } of routes) {
      for (const method of path === DOOR ? [] : changing) {
        for (const [which, token] of Object.entries(tokens)) {
          const where = `${method} ${path} with token: ${which}`;
          const fields = new URLSearchParams({ id: "general-assistant", action: "delete" });
          if (token !== null) fields.set("csrf", token);
          const headers = { cookie: admin.cookie, "sec-fetch-site": "same-origin" };
          const form = await site.fetch(path, { method, headers, body: fields });
          assertEquals(form.status, 403, where);
          await form.body?.cancel();
          const json = await site.fetch(path, {
            method,
            headers: {
              ...headers,
              "content-type": "application/json",
              ...(token === null ? {} : { "x-admin-token": token }),
            },
            body: JSON.stringify({ csrf: token, id: "general-assistant" }),
          });
          assertEquals(json.status, 403, `${where}, as JSON`);
          await json.body?.cancel();
        }
        const foreign = await site.fetch(path, {
          method,
          headers: { cookie: admin.cookie, "sec-fetch-site": "cross-site" },
          body: new URLSearchParams({ csrf: await admin.token() }),
        });
        assertEquals(foreign.status, 403, `${method} ${path} from another site`);
        await foreign.body?.cancel();
      }
    }
    assertEquals(await contents(site), before);
    const { value } = await site.world.deps.store.kv.get(limitKeys.limit("admin", EMAIL));
    assertEquals(value, null, "What was refused counts as an action");
  },
});

Deno.test({
  name: "while the area is closed every address says so, and how to open it",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const half: Record<string, string>[] = [
      { ADMIN_PASSWORD: "", ALLOWED_ADMIN_EMAILS: "" },
      { ADMIN_PASSWORD: "" },
      { ALLOWED_ADMIN_EMAILS: "" },
    ];
    for (const env of half) {
      await using site = await openAdminSite(env);
      for (const { path } of routes) {
        const answers = [
          await site.fetch(path, {
            headers: { cookie: `admin=${"A".repeat(22)}.${"A".repeat(43)}` },
          }),
          ...(path === DOOR ? [await post(site, path, { email: EMAIL, password: "" })] : []),
        ];
        for (const answer of answers) {
          assertEquals(answer.status, 403, path);
          assertEquals(answer.headers.get("location"), null);
          assertEquals(answer.headers.get("cache-control"), "no-store");
          const text = await answer.text();
          assert.match(text, /ADMIN_PASSWORD=[^]*ALLOWED_ADMIN_EMAILS=/);
          assert.ok(!text.includes(EMAIL) && !text.includes("correct horse"));
        }
      }
    }
  },
});
