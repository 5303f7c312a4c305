import { assert, assertEquals } from "@/tests/support/assert.ts";
import { MOST_ALTERNATIVES } from "@/lib/chat/alternatives.ts";
import { chatKeys } from "@/lib/chat/records.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { OwnPerson } from "@/tests/support/own_person.ts";
import { startServer } from "@/tests/support/server.ts";
import { openSite } from "@/tests/support/site.ts";
import { until } from "@/tests/support/wait.ts";

const HOSTILE = `<img src=x onerror=alert(1)> [a](javascript:alert(1)) **bold** "quotes"`;

Deno.test("GET /shared/{id}: a snapshot for anybody, safe, without cookie, cache and index", async () => {
  await using site = await openSite();
  const ann = new OwnPerson(site);
  await ann.say(HOSTILE);
  const path = await ann.share();
  await ann.say("said later");
  const answer = await site.fetch(path);
  const html = await answer.text();
  assertEquals(answer.status, 200);
  assertEquals(answer.headers.getSetCookie(), []);
  assertEquals(answer.headers.get("cache-control"), "no-store");
  assert.match(answer.headers.get("x-robots-tag") ?? "", /noindex/);
  assertEquals(answer.headers.get("referrer-policy"), "no-referrer");
  assert.match(html, /<meta name="robots" content="noindex/);
  assert.match(html, /<strong>bold<\/strong>/);
  assert.doesNotMatch(html, /<img|href="javascript|said later|<script/);
  assertEquals(html.match(/<article/g)?.length, 2, "The reply as of the link, and no more");
  assert.doesNotMatch(html, /\$0\.|less than 1¢/, "No costs");
});

Deno.test("POST /chat/{tool}/share: one link for the same messages, another for more; ended by its maker only", async () => {
  await using site = await openSite();
  const [ann, bob] = [new OwnPerson(site), new OwnPerson(site)];
  await ann.say("first");
  const first = await ann.share();
  assertEquals(await ann.share(), first);
  await ann.say("second");
  const second = await ann.share();
  assert.notEqual(second, first);
  const status = async (path: string) => (await site.fetch(path)).status;
  const id = first.replace("/shared/", "");
  await bob.get(`/chat/${TOOL}`);
  await bob.post(`/chat/${TOOL}/share`, { action: "stop", id });
  assertEquals([await status(first), await status(second)], [200, 200]);
  await ann.post(`/chat/${TOOL}/share`, { action: "stop", id });
  assertEquals([await status(first), await status(second)], [404, 200]);
  const empty = await bob.post(`/chat/${TOOL}/share`, { action: "make" });
  assertEquals(empty.status, 404);
});

Deno.test("A shared link ends with its conversation, at once, and after 30 days", async () => {
  let now = Date.UTC(2026, 10, 1);
  await using site = await openSite({ clock: () => now++ });
  const ann = new OwnPerson(site);
  await ann.say("to be deleted");
  const deleted = await ann.share();
  const html = await (await ann.get("/history")).text();
  const [, conversation = ""] = /name="conversation" value="([\w-]+)"/.exec(html) ?? [];
  assert.match(html, /<span>shared<\/span>/);
  await ann.post("/history", { action: "remove", tool: TOOL, conversation });
  assertEquals((await site.fetch(deleted)).status, 404, "While Undo is possible");
  await ann.post("/history", { action: "undo", conversation });
  assertEquals((await site.fetch(deleted)).status, 200);
  await ann.post("/history", { action: "remove", tool: TOOL, conversation });
  now += 31_000;
  await ann.get("/history");
  const { kv } = site.world.deps.store;
  for (const family of ["share", "share_of"]) {
    assertEquals((await kv.stored({ prefix: [family] }, 10)).length, 0, family);
  }
  await ann.say("to expire");
  const expired = await ann.share();
  now += 29 * 24 * 3_600_000;
  assertEquals((await site.fetch(expired)).status, 200);
  now += 2 * 24 * 3_600_000;
  assertEquals((await site.fetch(expired)).status, 404);
});

Deno.test("GET /shared/{id}/pictures: those of the snapshot, for no longer than the link", async () => {
  await using site = await openSite();
  const ann = new OwnPerson(site);
  await ann.say("with a picture");
  const { store } = site.world.deps;
  const [row] = await store.kv.stored({ prefix: ["head"] }, 1);
  const visitor = String(row?.key[1]);
  const head = await store.conversations.head(visitor, TOOL);
  const question = head && await store.conversations.message(head, 0);
  assert.ok(head && question);
  const bytes = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 1, 2, 3]);
  const file = { type: "image/png", bytes };
  const picture = await store.media.keep(head.conversation, visitor, "picture-1", file);
  await store.transactions.run([], (tx) => {
    tx.set(chatKeys.message(head.conversation, 0), { ...question, pictures: [picture] });
  });
  const path = await ann.share();
  assert.match(
    await (await site.fetch(path)).text(),
    new RegExp(`<img[^>]* src="${path}/pictures/0-0`),
  );
  const answer = await site.fetch(`${path}/pictures/0-0`);
  assertEquals(new Uint8Array(await answer.arrayBuffer()), bytes);
  assertEquals(answer.headers.get("cache-control"), "no-store");
  assert.match(answer.headers.get("content-security-policy") ?? "", /sandbox/);
  for (const other of ["0-1", "1-0", "2-0", "9-9", "x"]) {
    assertEquals((await site.fetch(`${path}/pictures/${other}`)).status, 404, other);
  }
  await ann.post(`/chat/${TOOL}/share`, { action: "stop", id: path.replace("/shared/", "") });
  assertEquals((await site.fetch(`${path}/pictures/0-0`)).status, 404);
});

Deno.test("The organisation switches sharing off: no link opens, none is made", async () => {
  await using site = await openSite();
  const ann = new OwnPerson(site);
  await ann.say("shared before");
  const path = await ann.share();
  const { settings } = site.world.services;
  const save = (sharing: boolean) =>
    settings.save({
      who: "ada@example.org",
      group: "people",
      seen: settings.current.version,
      edit: (now) => ({ ...now, people: { ...now.people, sharing } }),
    });
  await save(false);
  assertEquals((await site.fetch(path)).status, 404);
  assertEquals((await ann.post(`/chat/${TOOL}/share`, { action: "make" })).status, 403);
  assert.match(await (await ann.get(`/chat/${TOOL}/share`)).text(), /Sharing is switched off/);
  await save(true);
  assertEquals((await site.fetch(path)).status, 200);
});

Deno.test("A shared link shows the same, however often its question is asked anew since", async () => {
  await using site = await openSite({ env: { RATE_LIMIT_CHAT_PER_MINUTE: "100" } });
  const ann = new OwnPerson(site);
  const edit = async (message: string) => {
    const body = JSON.stringify({ toolId: TOOL, message, action: "edit", seq: 0 });
    const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
    const answer = await ann.get("/api/chat", { method: "POST", headers, body });
    assert.match(await answer.text(), /event: done/);
  };
  await ann.say("the first version");
  const first = await ann.share();
  await edit("not shared");
  await edit("the third version");
  const third = await ann.share();
  for (let i = 0; i < MOST_ALTERNATIVES + 2; i++) await edit(`version ${i} from then on`);
  const shown = async (path: string) => (await (await site.fetch(path)).text());
  for (
    const [path, text] of [[first, "the first version"], [third, "the third version"]] as const
  ) {
    const html = await shown(path);
    assert.match(html, new RegExp(text));
    assertEquals(html.match(/<article/g)?.length, 2);
  }
  // What no link shows ends as always.
  const { kv } = site.world.deps.store;
  const kept = async () => Deno.inspect(await kv.stored({ prefix: ["branch"] }, 500), { depth: 9 });
  await until("the end of what no link shows", async () => !/not shared/.test(await kept()));
  assert.match(await kept(), /the third version/);
});

Deno.test("a conversation whose tool is off, or deleted, is still downloaded, and its links are listed and stopped", async () => {
  await using site = await openSite();
  const ann = new OwnPerson(site);
  await ann.say("kept words");
  const { tools } = site.world.deps.store;
  const tool = await tools.get(TOOL);
  assert.ok(tool);
  const end = {
    off: () => tools.put({ ...tool, active: false }),
    deleted: () => site.world.services.tools.editing.remove("ada@example.org", TOOL),
  };
  for (const [how, ends] of Object.entries(end)) {
    await tools.put(tool);
    const path = await ann.share();
    await ends();
    const history = await ann.html("/history");
    const hrefs = [...history.matchAll(/href="(\/chat\/[^"]+)"/g)]
      .map(([, href = ""]) => href.replaceAll("&amp;", "&"));
    assertEquals(hrefs.length, 3, `${how}: ${hrefs}`);
    for (const href of hrefs) {
      const answer = await ann.get(href);
      assertEquals(answer.status, 200, `${how}: ${href}`);
      const text = await answer.text();
      assert.match(text, /kept words/, `${how}: ${href}`);
      if (!href.includes("/share")) continue;
      assert.ok(text.includes(path));
      assert.match(text, /class="button" href="\/history"/);
    }
    const id = path.replace("/shared/", "");
    assertEquals((await site.fetch(path)).status, 200);
    await ann.post(`/chat/${TOOL}/share`, { action: "stop", id });
    assertEquals((await site.fetch(path)).status, 404, how);
  }
  // Who has no conversation with it finds nothing there.
  const bob = new OwnPerson(site);
  for (const page of ["share", "export?format=json"]) {
    assertEquals((await bob.get(`/chat/${TOOL}/${page}`)).status, 404);
  }
});

Deno.test("the log names no shared link, since whoever has its address can read it", async () => {
  await using server = await startServer();
  const id = "Zk3".padEnd(32, "x-Y_4sk");
  for (const path of [`/shared/${id}`, `/shared/${id}/pictures/0-0`]) {
    await (await fetch(`${server.url}${path}`)).body?.cancel();
  }
  const paths = () =>
    server.logged("info").map(({ path }) => String(path)).filter((path) => path.startsWith("/sh"));
  await until("the lines", () => paths().length === 2);
  assertEquals(paths(), ["/shared/***", "/shared/***/pictures/0-0"]);
});
