import { feedbackKeys } from "@/lib/feedback/records.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { Admin, EMAIL, openAdminSite, OTHER } from "../support/admin.ts";
import { ask, setReview, TOOL } from "../support/asking.ts";
import { storeExperiment } from "../support/experiments.ts";
import type { Site } from "../support/site.ts";
import { until } from "../support/wait.ts";

const PATH = "/admin/conversations";
const HOSTILE = `<img src=x onerror=alert(1)> "quoted" </textarea><script>alert(2)</script>`;

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** A visitor with a cookie who chats without JavaScript. */
async function person(site: Site) {
  const first = await site.fetch(`/chat/${TOOL}`);
  await first.body?.cancel();
  const cookie = first.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const get = (path: string) => site.fetch(path, { headers: { cookie } });
  const post = (path: string, fields: Record<string, string>, accept = "text/html") =>
    site.fetch(path, {
      method: "POST",
      headers: { cookie, accept, "sec-fetch-site": "same-origin" },
      body: new URLSearchParams(fields),
    });
  const page = async () => await (await get(`/chat/${TOOL}`)).text();
  const say = async (message: string) => {
    await post(`/chat/${TOOL}`, { action: "send", message });
    await until("the reply", async () => !/http-equiv="refresh"/.test(await page()));
  };
  return { get, post, page, say, cookie };
}

test("the chat page says that conversations may be read, only while review is on", async () => {
  await using site = await openAdminSite();
  const ann = await person(site);
  assert.doesNotMatch(await ann.page(), /class="told"/);
  await setReview(site.world, true);
  assert.match(await ann.page(), /class="told"[^>]*>To make these tools better, people of this/);
  await ann.say("hello");
  assert.match(await ann.page(), /class="told"/);
  await setReview(site.world, true, "Our <b>own</b> words");
  assert.match(await ann.page(), /class="told"[^>]*>Our &lt;b>own&lt;\/b> words</);
  await setReview(site.world, false, "Our own words");
  assert.doesNotMatch(await ann.page(), /class="told"|Our own words/);
});

test("a reply of an A/B test shows the tool's version and the variant's letter, also exported", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  await setReview(site.world, true);
  await storeExperiment(site.world.deps.store, {
    variants: [{ letter: "A", note: "", share: 0 }, { letter: "B", note: "", share: 100 }],
    baseVersion: 12,
  });
  await ask(site.world, "tested words");
  const list = await (await admin.get(PATH)).text();
  const [, id] = new RegExp(`href="${PATH}/((?!export)[\\w-]+)"[^]*>tested words`).exec(list) ?? [];
  const page = await (await admin.get(`${PATH}/${id}`)).text();
  assert.match(page, / · version 12 · B/);
  const json = await (await admin.get(`${PATH}/${id}/export?format=json`)).text();
  assert.match(json, /"toolVersion": 12,\s+"variant": "B"/);
  assert.doesNotMatch(page + json, /experiment-B/);
});

test("while review is off, its pages say so and show no conversations", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  await setReview(site.world, true);
  await ask(site.world, "secret words");
  const list = await (await admin.get(PATH)).text();
  const [, id] = new RegExp(`href="${PATH}/((?!export)[\\w-]+)"[^]*>secret words`).exec(list) ?? [];
  assert.ok(id);
  await setReview(site.world, false);
  const off = await (await admin.get(`${PATH}?text=secret`)).text();
  assert.match(off, /Quality review is off/);
  assert.match(off, /One conversation was open for review/);
  assert.match(off, /href="\/admin\/settings/);
  for (const path of [`/${id}`, `/${id}/export`, "/export", `/${id}?ask=delete`]) {
    const answer = await admin.get(PATH + path);
    assertEquals(answer.status, 404, path);
    assert.doesNotMatch(await answer.text(), /secret/, path);
  }
  const csrf = await admin.token();
  for (const action of ["delete", "reviewed", "good"]) {
    const answer = await admin.post(`${PATH}/${id}`, { csrf, action, message: "x", number: "1" });
    assertEquals(answer.status, 404, action);
    await answer.body?.cancel();
  }
  assert.doesNotMatch(off, /secret/);
});

test("hostile text is escaped in list, search, conversation, notes and exports; ids are not shown", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  await setReview(site.world, true);
  const ann = await person(site);
  await ann.say(HOSTILE);
  const rows = await site.world.deps.store.kv.list(
    { prefix: ["review"] },
    () => feedbackKeys.review(""),
  );
  const visitor = rows[0]?.value.visitor ?? "";
  assert.ok(visitor.length > 20);
  const query = new URLSearchParams({ text: HOSTILE.slice(0, 28), from: '"><script>', tool: "" });
  const found = await (await admin.get(`${PATH}?${query}`)).text();
  assert.match(found, /<mark>/);
  const [, id] = new RegExp(`href="${PATH}/([\\w-]+)\\?in=[^"]*"`).exec(found) ?? [];
  assert.ok(id);
  const csrf = await admin.token();
  const read = await (await admin.get(`${PATH}/${id}`)).text();
  const [, message] = /name="message" value="([\w-]+)"/.exec(read) ?? [];
  const judged = await admin.post(`${PATH}/${id}`, {
    csrf,
    action: "bad",
    message: message ?? "",
    number: "1",
    from: "0",
    note: HOSTILE,
  });
  assertEquals([judged.status, judged.headers.get("location")], [303, `${PATH}/${id}?from=0#m1`]);
  const again = await (await admin.get(`${PATH}/${id}`)).text();
  assert.match(again, /aria-pressed="true"[^>]*>Bad/);
  for (const html of [found, read, again, await (await admin.get(PATH)).text()]) {
    assert.doesNotMatch(html, /<img src=x|<script>alert/);
    assert.ok(!html.includes(visitor) && !html.includes(ann.cookie), "No id");
  }
  for (const path of [`/${id}/export?format=md`, `/${id}/export?format=json`, "/export"]) {
    const answer = await admin.get(PATH + path);
    assertEquals(answer.status, 200, path);
    assert.match(answer.headers.get("content-disposition") ?? "", /^attachment; filename="con/);
    assertEquals(answer.headers.get("cache-control"), "no-store");
    const text = await answer.text();
    assert.ok(text.includes("onerror=alert(1)") && !text.includes(visitor), path);
  }
  const gone = await admin.post(`${PATH}/${id}`, { csrf, action: "delete" });
  assertEquals(gone.headers.get("location"), `${PATH}?done=deleted`);
  assert.doesNotMatch(await ann.page(), /onerror/);
  assert.match(await (await admin.get(`${PATH}?done=deleted`)).text(), /is deleted/);
  const log = await (await admin.get("/admin/audit?action=conversation")).text();
  for (const action of ["list", "read", "rate", "export", "delete"]) {
    assert.ok(log.includes(`<code>conversation.${action}</code>`), action);
  }
  assert.doesNotMatch(log, /onerror|quoted/);
});

test("a look at a conversation is logged under the admin's name before it is shown", async () => {
  await using site = await openAdminSite();
  await setReview(site.world, true);
  await ask(site.world, "hello");
  const [ada, grace] = [await Admin.signIn(site), await Admin.signIn(site, { email: OTHER })];
  const list = await (await ada.get(PATH)).text();
  const [, id] = new RegExp(`href="${PATH}/((?!export)[\\w-]+)"[^]*>hello`).exec(list) ?? [];
  site.clock.now += 1_000;
  await (await grace.get(`${PATH}/${id}`)).text();
  const { entries } = await site.world.services.audit.list(
    { action: "conversation", who: "", thing: "", from: "", to: "" },
    "",
  );
  // The list stands beside the conversation.
  assertEquals(entries.map(({ who, action }) => `${who} ${action}`).sort(), [
    `${EMAIL} conversation.list`,
    `${OTHER} conversation.list`,
    `${OTHER} conversation.read`,
  ]);
});

test("a reply is rated without JavaScript, by script and with a reason, and the rating withdrawn", async () => {
  await using site = await openAdminSite();
  const ann = await person(site), bob = await person(site);
  await ann.say("hello");
  const button = async (name: string) =>
    new RegExp(`form="rate" name="${name}" value="(1\\.[\\w-]+)" aria-pressed="(\\w+)"`)
      .exec(await ann.page());
  const [, reply = "", pressed] = await button("down") ?? [];
  assertEquals(pressed, "false");
  const rated = await ann.post(`/chat/${TOOL}/rate`, { down: reply });
  assertEquals([rated.status, rated.headers.get("location")], [303, `/chat/${TOOL}#m1`]);
  assertEquals((await button("none"))?.[2], "true");
  const why = await (await ann.get(`/chat/${TOOL}/rate?reply=${reply}`)).text();
  assert.match(why, /What is wrong with this answer/);
  await ann.post(`/chat/${TOOL}/rate`, { down: reply, reason: HOSTILE });
  const told = await (await ann.get(`/chat/${TOOL}/rate?reply=${reply}`)).text();
  assert.match(told, /&lt;img src=x/);
  assert.doesNotMatch(told, /<img src=x|<script>alert/);
  const scripted = await ann.post(`/chat/${TOOL}/rate`, { up: reply }, "*/*");
  assertEquals([scripted.status, await scripted.text()], [204, ""]);
  const html = await ann.page();
  assert.match(html, /name="none" value="1\.[\w-]+" aria-pressed="true"/);
  assertEquals((await ann.post(`/chat/${TOOL}/rate`, { none: reply })).status, 303);
  assert.doesNotMatch(await ann.page(), /aria-pressed="true"/);
  for (const fields of [{ up: reply }, { up: "1.nowhere" }]) {
    assertEquals((await bob.post(`/chat/${TOOL}/rate`, fields)).status, 404);
  }
  const wrong: Record<string, string>[] = [
    {},
    { up: "x" },
    { up: "../../a" },
    { sideways: reply },
  ];
  for (const fields of wrong) {
    assertEquals((await ann.post(`/chat/${TOOL}/rate`, fields)).status, 400);
  }
  const foreign = await site.fetch(`/chat/${TOOL}/rate`, {
    method: "POST",
    headers: { cookie: ann.cookie, "sec-fetch-site": "cross-site" },
    body: new URLSearchParams({ up: reply }),
  });
  assertEquals(foreign.status, 403);
});

test("a person deletes the conversation that was confirmed, and no other", async () => {
  await using site = await openAdminSite();
  const ann = await person(site), bob = await person(site);
  const empty = await (await ann.get(`/chat/${TOOL}/delete`)).text();
  assert.match(empty, /nothing to delete/);
  await ann.say("to be forgotten");
  assert.match(await ann.page(), /Delete conversation/);
  const asking = await (await ann.get(`/chat/${TOOL}/delete`)).text();
  const [, conversation = ""] = /name="conversation" value="([\w-]+)"/.exec(asking) ?? [];
  assert.match(asking, /2 messages are deleted now/);
  await bob.post(`/chat/${TOOL}/delete`, { conversation });
  assert.match(await ann.page(), /to be forgotten/);
  await ann.post(`/chat/${TOOL}`, { action: "new" });
  await ann.say("begun since");
  const done = await ann.post(`/chat/${TOOL}/delete`, { conversation });
  assertEquals([done.status, done.headers.get("location")], [303, `/chat/${TOOL}`]);
  assert.match(await ann.page(), /begun since/);
  assert.doesNotMatch(await (await ann.get(`/history`)).text(), /to be forgotten/);
});

test("ratings are shown in dashboard, costs and CSV", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  assert.match(await (await admin.get("/admin")).text(), /Rated good<\/dt><dd class="value">–/);
  const ann = await person(site);
  for (const verdict of ["up", "up", "down"]) {
    await ann.say(verdict);
    const values = [...(await ann.page()).matchAll(/name="up" value="(\d+\.[\w-]+)"/g)];
    await ann.post(`/chat/${TOOL}/rate`, { [verdict]: values.at(-1)?.[1] ?? "" });
  }
  for (const path of ["/admin", "/admin/costs?days=1"]) {
    const html = await (await admin.get(path)).text();
    assert.match(
      html,
      /Rated good<\/dt><dd class="value">2 of 3<\/dd><dd class="about">67%, likely between 21% and 94%/,
    );
  }
  const costs = await (await admin.get("/admin/costs?days=1")).text();
  const rated = [...costs.matchAll(/data-l="Rated good">2 of 3<\/td>/g)];
  assertEquals(rated.length, 6, "tool, model and channel, each with its total");
  const csv = await (await admin.get("/admin/costs/csv?days=1")).text();
  assert.match(csv.split("\r\n")[0] ?? "", /,Rated good,Rated bad$/);
  assertEquals(csv.split("\r\n").filter((line) => line.endsWith(",2,1")).length, 4);
});
