import { FAILED_DAYS } from "@/lib/monitoring/records.ts";
import { Admin, openAdminSite } from "@/tests/support/admin.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openWorld } from "@/tests/support/world.ts";

const DAY = 24 * 60 * 60_000;

async function pageOf(admin: Admin, path: string): Promise<string> {
  const answer = await admin.get(path);
  assertEquals(answer.status, 200);
  return await answer.text();
}

/** A page's text between its tags. */
const textIn = (html: string) => html.replace(/<[^>]+>/g, " ");

Deno.test("every error's page or problem shows its X-Request-Id, and an admin finds it by that", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const json = { "content-type": "application/json" };
  const asked: [path: string, init: RequestInit, status: number, code: string, route: string][] = [
    ["/chat/no-such-tool", {}, 404, "tool.gone", "/chat/:tool"],
    ["/no/such/page?q=zanzibar", {}, 404, "http.404", "an address without a page"],
    ["/api/nowhere", {}, 404, "http.404", "an address without a page"],
    [
      "/api/chat",
      { method: "POST", headers: json, body: "{" },
      400,
      "request.no_json",
      "/api/chat",
    ],
    ["/api/cost-summary?toolId=../zanzibar", {}, 400, "cost.tool_id", "/api/cost-summary"],
    ["/shared/zanzibar-zanzibar-zanzibar", {}, 404, "http.404", "/shared/:id"],
    ["/metrics", {}, 401, "metrics.token_needed", "/metrics"],
    ["/v1/models", {}, 401, "api.key_missing", "/v1/models"],
    ["/admin/tools/nothing", { headers: { cookie: admin.cookie } }, 404, "", "/admin/tools/:tool"],
  ];
  for (const [path, init, status, code, route] of asked) {
    const answer = await site.fetch(path, init);
    assertEquals(answer.status, status, path);
    const id = answer.headers.get("x-request-id") ?? "";
    assert.match(id, /^\w{12,}$/, path);
    const body = await answer.text();
    if (path.startsWith("/api/") || path === "/metrics") {
      assertEquals(JSON.parse(body).requestId, id, path);
    } else if (!/^\/(v1|shared)\//.test(path)) {
      // /v1 has the id in the header alone, and an ended link has a page of its own.
      assert.ok(textIn(body).replace(/\s+/g, " ").includes(`Reference: ${id}`), path);
    }
    const found = textIn(await pageOf(admin, `/admin/errors?id=${id}`));
    assert.match(found, new RegExp(`\\b${status}\\b`), path);
    assert.ok(found.includes(code) && found.includes(route), `${path}: ${found}`);
    assert.ok(found.includes(id), path);
  }
  const all = await pageOf(admin, "/admin/errors");
  assert.doesNotMatch(all, /zanzibar/i, "no address is kept");
  assert.match(
    await pageOf(admin, "/admin/errors?id=other"),
    /Nothing is kept under this reference/,
  );
  assert.match(await pageOf(admin, "/admin/errors?kind=faults"), /Nothing of this kind/);
});

Deno.test("a fault of the program is kept by its name, without its text", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { store } = site.world.deps;
  const { list } = store.tools;
  store.tools.list = () => Promise.reject(new RangeError("zanzibar"));
  const answer = await site.fetch("/api/tools");
  store.tools.list = list;
  const { requestId } = await answer.json();
  assertEquals([answer.status, answer.headers.get("x-request-id")], [500, requestId]);
  const page = textIn(await pageOf(admin, `/admin/errors?id=${requestId}&kind=faults`));
  assert.match(page, /500\s+fault\.RangeError/);
  assert.doesNotMatch(page, /zanzibar/);
});

Deno.test("FailedRequests keep the newest of a day, and count the others", async () => {
  const clock = { now: Date.UTC(2026, 5, 15) };
  await using world = await openWorld({ clock: () => clock.now });
  const { failedRequests } = world.deps.store;
  const note = (i: number, status: number, code = "server.busy") =>
    failedRequests.note("2026-06-15", {
      id: `${status}-${i}`,
      at: clock.now + i,
      method: "GET",
      route: "/",
      status,
      code,
    });
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 100; i++) note(round * 100 + i, i % 2 === 0 ? 500 : 429, "x".repeat(1_000));
    await failedRequests.flush();
  }
  const { requests, left } = await failedRequests.list();
  assertEquals(requests.filter(({ status }) => status === 500).length, 150);
  assertEquals(requests.filter(({ status }) => status === 429).length, 100);
  assertEquals(left, 250);
  assertEquals([requests[0]?.id, requests[0]?.code.length], ["429-499", 60]);
  for (let i = 0; i < 1_000; i++) note(1_000 + i, 404);
  await failedRequests.flush();
  const after = await failedRequests.list();
  assertEquals(after.left, 250 + 700 + 300);
  assertEquals(after.requests.length, 250);
});

Deno.test("FailedRequests are written with a lifetime of fourteen days", async () => {
  const { monitoringKeys } = await import("@/lib/monitoring/records.ts");
  assertEquals(monitoringKeys.failedRequests("2026-06-15").lifetime, FAILED_DAYS * DAY);
});
