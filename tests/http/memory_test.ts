import { TOOL } from "@/tests/support/chat_page.ts";
import { LANGUAGES } from "@/lib/shared/languages.ts";
import { OWN_MEMORY } from "@/lib/locales/own/memory.ts";
import { ask } from "../support/asking.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { formOf, plainText } from "../support/html_forms.ts";
import { setRemembers, startNotingModel } from "../support/remembering.ts";
import { openSite, type Site } from "../support/site.ts";

const PLAN = "Plan our workshop about <key> terms in Kisumu";
const NOTE = `The person asked: ${PLAN}`;

/** A site, and a browser's visitor with a note and a cookie. */
async function open() {
  const model = startNotingModel(() => `en\n${NOTE}`);
  const site = await openSite({ env: model.env });
  await setRemembers(site.world);
  const entered = await site.fetch(`/chat/${TOOL}`);
  const cookie = entered.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
  const first = await entered.text();
  const headers = { cookie, origin: "http://localhost:8000" };
  const get = async (path: string, more: Record<string, string> = {}) => {
    const answer = await site.fetch(path, { headers: { ...headers, ...more } });
    assertEquals(answer.status, 200);
    return await answer.text();
  };
  const post = async (fields: Record<string, string>, path = "/memory", more = {}) => {
    const body = new URLSearchParams(fields);
    return await site.fetch(path, { method: "POST", body, headers: { ...headers, ...more } });
  };
  await post({ action: "send", message: PLAN, requestId: crypto.randomUUID() }, `/chat/${TOOL}`);
  const visitor = await visitorOf(site);
  await until(async () => (await site.world.deps.store.conversations.head(visitor, TOOL))?.last);
  await post({ action: "new" }, `/chat/${TOOL}`);
  await site.world.services.memory.rounds.round();
  return {
    site,
    visitor,
    first,
    get,
    post,
    [Symbol.asyncDispose]: async () => {
      await site[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
    },
  };
}

async function visitorOf({ world }: Site): Promise<string> {
  const rows = await world.deps.store.kv.stored({ prefix: ["head"] }, 10);
  return String(rows[0]?.key[1]);
}

async function until(isSo: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < 200 && !await isSo(); i++) await new Promise((done) => setTimeout(done, 20));
}

function test(name: string, run: (opened: Awaited<ReturnType<typeof open>>) => Promise<void>) {
  Deno.test({
    name,
    // The build of the pages leaves a process behind.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      await using opened = await open();
      await run(opened);
    },
  });
}

const notes = (html: string) =>
  [...html.matchAll(/<span dir="auto"[^>]*>([^<]*)<\/span>/g)].map(([, text = ""]) =>
    plainText(text)
  )
    .filter((text) => !text.startsWith("AI can"));

test("memory page: a note is shown as text, changed and deleted by forms alone", async (opened) => {
  const { get, post } = opened;
  const list = await get("/memory");
  assertEquals(notes(list), [NOTE]);
  assert.match(list, /General Assistant/);
  assert.doesNotMatch(list, /<key>/);
  const change = plainText(/<a class="quiet" href="(\/memory\?[^"]*)#note"/.exec(list)?.[1] ?? "");
  const open = await get(change);
  const fields = formOf(open.slice(open.indexOf('id="note"')), /class="stack"/);
  assertEquals(fields.text, NOTE);
  const saved = await post({ ...fields, text: "We meet in Nakuru.\n", action: "save" });
  assertEquals([saved.status, saved.headers.get("location")], [303, "/memory"]);
  assertEquals(notes(await get("/memory")), ["We meet in Nakuru."]);
  await post({ ...fields, action: "delete" });
  assertEquals(notes(await get("/memory")), []);
  assert.match(await get(change), /This note no longer exists/);
  assertEquals((await post({ ...fields, action: "save" })).status, 404);
});

test("memory page: switched off for a tool or for all, and all notes deleted", async (opened) => {
  const { get, post, site: { world }, visitor } = opened;
  const { memory } = world.services;
  await post({ tool: TOOL, action: "off" });
  assert.match(await get("/memory"), /Remember again/);
  assertEquals(await memory.stateOf(visitor, TOOL), "off");
  assert.match(await get(`/chat/${TOOL}`), /You have switched off what this tool remembers/);
  await post({ tool: TOOL, action: "on" });
  await post({ action: "off" });
  assert.match(await get("/memory"), /You have switched memory off for all tools/);
  assertEquals(await memory.stateOf(visitor, TOOL), "off");
  await post({ action: "on" });
  assertEquals(await memory.stateOf(visitor, TOOL), "on");
  await post({ action: "clear" });
  assertEquals(notes(await get("/memory")), []);
});

test("memory page: made-up tools leave no records", async (opened) => {
  const { post, site: { world }, visitor } = opened;
  for (const action of ["off", "on", "clear"]) {
    const { status } = await post({ tool: `made-up-${action}`, action });
    assertEquals(status, action === "off" ? 404 : 303, action);
  }
  const rows = await world.deps.store.kv.stored({ prefix: ["memory", visitor] }, 10);
  assertEquals(rows.map(({ key }) => key[2]), [TOOL]);
  await post({ tool: TOOL, action: "clear" });
  assertEquals(notes(await opened.get("/memory")), []);
});

test("memory page: nobody else sees, changes or deletes a note, and no other site does", async (opened) => {
  const { get, post, site } = opened;
  const list = await get("/memory");
  const [note] = (await site.world.services.memory.view(opened.visitor)).tools[0]?.notes ?? [];
  const fields = { tool: TOOL, conversation: note?.conversation ?? "" };
  const stranger = await site.fetch(`/chat/${TOOL}`);
  const cookie = stranger.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
  await stranger.body?.cancel();
  const query = new URLSearchParams(fields);
  const theirs = await (await site.fetch(`/memory?${query}`, { headers: { cookie } })).text();
  assert.doesNotMatch(theirs, /Kisumu/);
  for (const action of ["save", "delete", "clear"]) {
    await post({ ...fields, action, text: "Mine now" }, "/memory", { cookie });
  }
  const forged = await post({ action: "clear" }, "/memory", { origin: "https://evil.example" });
  assertEquals(forged.status, 403);
  assertEquals(notes(await get("/memory")), notes(list));
});

test("a chat says that its tool remembers, and only then", async (opened) => {
  const { first, get, site: { world } } = opened;
  assert.match(first, /This tool keeps short notes[^]*href="\/memory"/);
  assert.match(first, /<ul class="menu">[^]*What it remembers[^]*<\/ul>/);
  await setRemembers(world, false);
  assert.doesNotMatch(await get(`/chat/${TOOL}`), /short notes|href="\/memory"/);
});

test("memory page: it exists in each language, with its direction", async ({ get }) => {
  for (const language of LANGUAGES) {
    const html = await get("/memory", { "accept-language": `${language},en;q=0.5` });
    assert.match(
      html,
      new RegExp(`<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}"`),
    );
    const { title, about, clear } = OWN_MEMORY[language];
    for (const text of [title, about, clear]) {
      assert.ok(plainText(html).includes(text), `${language}: ${text}`);
    }
  }
});

test("memory: what was discussed is answered on the page from the notes", async (opened) => {
  const { site: { world }, visitor } = opened;
  const asked: string[] = [];
  const { stream } = world.deps.provider;
  world.deps.provider.stream = (request, signal) => {
    asked.push(request.messages.at(-1)?.content ?? "");
    return stream(request, signal);
  };
  await ask(world, "De quoi avons-nous parlé à propos de Kisumu ?", { visitor });
  assert.match(asked[0] ?? "", /<note day="[\d-]+">The person asked: Plan our workshop/);
});
