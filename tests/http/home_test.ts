import { assert, assertEquals } from "../support/assert.ts";
import { OwnPerson } from "../support/own_person.ts";
import { openSite, type Site } from "../support/site.ts";
import { until } from "../support/wait.ts";

function test(name: string, run: (site: Site) => Promise<void>): void {
  Deno.test({
    name,
    // The build of the pages leaves a process behind.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      await using site = await openSite();
      await run(site);
    },
  });
}

const home = async (site: Site, query = "") => await (await site.fetch(`/${query}`)).text();
const headings = (html: string) =>
  [...html.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, text]) => text);

test("home page: tools stand under their groups, the others last", async (site) => {
  const { tools } = site.world.deps.store;
  assertEquals(headings(await home(site)), ["Bible translation", "Everyday work"]);
  for (const tool of await tools.list()) await tools.put({ ...tool, group: "" });
  assertEquals(headings(await home(site)), ["Tools"]);
  for (const id of ["math-tutor", "code-helper"]) {
    const tool = (await tools.list()).find((each) => each.id === id);
    assert.ok(tool, id);
    await tools.put({ ...tool, group: "Learning <b>" });
  }
  const html = await home(site);
  assertEquals(headings(html), ["Learning &lt;b>", "Other tools"]);
  const [, learning = "", others = ""] = html.split("<h2");
  assert.match(learning, /Math Tutor[^]*Code Helper/);
  assert.ok(!learning.includes("General Assistant") && others.includes("General Assistant"));
  assertEquals(headings(await home(site, "?q=learning+math")), ["Learning &lt;b>"]);
});

test("home page: no model is named, and a search field comes with twelve tools", async (site) => {
  const { tools } = site.world.deps.store;
  const [one, ...others] = await tools.list();
  assert.ok(one);
  for (const tool of others.slice(10)) await tools.put({ ...tool, active: false });
  const html = await home(site);
  assert.ok(!html.includes("gpt-"));
  assert.ok(!html.includes('role="search"'));
  assert.match(await home(site, "?q=key"), /role="search"/);
  await tools.put({ ...one, id: "one-more" });
  assert.match(await home(site), /role="search"/);
});

const recent = (html: string) => {
  const [, section = ""] = /<section class="group recent">([^]*?)<\/section>/.exec(html) ?? [];
  return [...section.matchAll(/dir="auto"[^>]*>([^<]*)</g)].map(([, title]) => title);
};

test("home page: the last three conversations over all tools, also archived ones", async (site) => {
  const ann = new OwnPerson(site);
  assert.ok(!(await ann.html("/")).includes("Continue where you were"));
  for (const text of ["oldest", "older"]) {
    await ann.say(text, "key-terms");
    await ann.post("/chat/key-terms", { action: "new" });
  }
  await ann.say("newer", "math-tutor");
  await ann.say("newest", "storying-coach");
  const html = await ann.html("/");
  assertEquals(recent(html), ["newest", "newer", "older"]);
  assert.match(html, /href="\/chat\/storying-coach#latest"/);
  assertEquals(recent(await ann.html("/?q=key")), []);
  assertEquals(recent(await new OwnPerson(site).html("/")), []);
  const { conversation = "" } =
    /action="\/history"[^]*?name="conversation" value="(?<conversation>[^"]+)"/.exec(html)
      ?.groups ?? {};
  const opened = await ann.post("/history", { action: "open", tool: "key-terms", conversation });
  assertEquals(opened.headers.get("location"), "/chat/key-terms#latest");
  assertEquals(recent(await ann.html("/")), ["older", "newest", "newer"]);
  await ann.post("/history", { action: "remove", tool: "key-terms", conversation });
  assertEquals(recent(await ann.html("/")), ["newest", "newer", "oldest"]);
});

test("home page: an answer that ended unseen is ready until its chat is opened", async (site) => {
  const ann = new OwnPerson(site);
  const states = async () =>
    [...(await ann.html("/")).matchAll(/class="(writing|ready)"/g)].map(([, state]) => state);
  await ann.say("followed to its end");
  assertEquals(await states(), []);
  const form = { action: "send", message: "left at once", requestId: "a".repeat(32) };
  assertEquals((await ann.post("/chat/key-terms", form)).status, 303);
  await until("an answer that is ready", async () => (await states())[0] === "ready");
  await ann.html("/chat/general-assistant");
  assertEquals(await states(), ["ready"]);
  await ann.html("/chat/key-terms");
  assertEquals(await states(), []);
});

test("home page: a star is a form; favourites are one's own and go with one's data", async (site) => {
  const [ann, bob] = [new OwnPerson(site), new OwnPerson(site)];
  const starred = await ann.post("/", { star: "code-helper", q: "code" });
  assertEquals(starred.headers.get("location"), "/?q=code#star-code-helper");
  await ann.post("/", { star: "key-terms" });
  const html = await ann.html("/");
  assertEquals(headings(html), ["Favourites", "Bible translation", "Everyday work"]);
  const [, favourites = "", others = ""] = html.split("<h2");
  assert.match(favourites, /Key Terms Guide[^]*name="unstar" value="key-terms"[^]*Code Helper/);
  assert.ok(!others.includes("Key Terms Guide"));
  assertEquals(headings(await bob.html("/")), ["Bible translation", "Everyday work"]);
  const file = JSON.parse(await (await ann.post("/my-data/export", {})).text());
  assertEquals(file.favourites, ["key-terms", "code-helper"]);
  await ann.post("/", { unstar: "code-helper" });
  assert.ok(!(await ann.html("/")).split("<h2")[1]?.includes("Code Helper"));
  assertEquals((await ann.post("/", { star: "no-such-tool" })).status, 404);
  await ann.post("/my-data/delete", { confirm: "yes" });
  assertEquals(await site.world.deps.store.kv.stored({ prefix: ["favourites"] }, 10), []);
});

test("home page: a search finds words without their accents", async (site) => {
  const { tools } = site.world.deps.store;
  const [tool] = await tools.list();
  assert.ok(tool);
  await tools.put({ ...tool, name: "Révision des médecins" });
  assert.match(await home(site, "?q=REVISION+medecins"), /Révision/);
  assert.match(await home(site, "?q=nothing-like-it"), /No tool for “<bdi>nothing-like-it<\/bdi>”/);
});

test("home page: a person's list costs one batch of reads, and a second for new titles", async (site) => {
  const ann = new OwnPerson(site);
  for (const tool of ["key-terms", "math-tutor", "code-helper"]) await ann.say(tool, tool);
  await ann.html("/");
  const { kv } = site.world.deps.store;
  const [list, getEach] = [kv.list.bind(kv), kv.getEach.bind(kv)];
  const read: string[] = [];
  kv.list = (selector, keyOf, options) => {
    read.push(String(("prefix" in selector ? selector.prefix : selector.start)[0]));
    return list(selector, keyOf, options);
  };
  kv.getEach = (keys) => {
    if (keys.some(({ family }) => family === "message")) read.push("message");
    return getEach(keys);
  };
  assertEquals(recent(await ann.html("/")).length, 3);
  assertEquals(read.sort(), ["archive_index", "head", "removal"]);
});
