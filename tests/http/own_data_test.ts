import { z } from "zod";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { OwnPerson } from "@/tests/support/own_person.ts";
import { openSite, type Site } from "@/tests/support/site.ts";

const ownMessage = z.object({
  seq: z.number(),
  role: z.string(),
  text: z.string(),
  version: z.number().optional(),
  rating: z.object({ verdict: z.string() }).optional(),
});
type OwnMessage = z.output<typeof ownMessage>;

/** The file with one's data. */
const ownFile = z.object({
  devices: z.array(z.unknown()),
  conversations: z.array(z.object({
    tool: z.object({ id: z.string() }),
    messages: z.array(ownMessage),
    otherVersions: z.array(ownMessage).optional(),
  })),
});

const SECRET = "zebrafish-quartz";

/** All that the store holds, as text. */
async function storedText(site: Site): Promise<string> {
  const { kv } = site.world.deps.store;
  const rows: string[] = [];
  for (const family of ["message", "head", "archive", "terms", "share", "removal", "rating"]) {
    for (const { key, value } of await kv.stored({ prefix: [family] }, 500)) {
      rows.push(Deno.inspect([key, value], { depth: 9, strAbbreviateSize: 100_000 }));
    }
  }
  return rows.join("\n");
}

Deno.test("POST /my-data/export: one file with the conversations of all tools, ratings and links", async () => {
  await using site = await openSite();
  const ann = new OwnPerson(site);
  await ann.say(`first ${SECRET}`);
  await ann.post(`/chat/${TOOL}`, { action: "new" });
  await ann.say("second");
  await ann.say("third", "math-tutor");
  const path = await ann.share();
  const answer = await ann.post("/my-data/export", {});
  assertEquals(answer.headers.get("cache-control"), "no-store");
  assert.match(answer.headers.get("content-disposition") ?? "", /my-data-.*\.json/);
  const file = JSON.parse(await answer.text());
  const questions = file.conversations.map((each: { messages: { text: string }[] }) =>
    each.messages[0]?.text
  );
  assertEquals(questions.sort(), [`first ${SECRET}`, "second", "third"]);
  assertEquals(file.links.map((link: { path: string }) => link.path), [path]);
  const stranger = await new OwnPerson(site).post("/my-data/export", {});
  assertEquals(JSON.parse(await stranger.text()).conversations, []);
});

Deno.test("POST /my-data/export: every version of a question and its reply, with its rating, and the devices", async () => {
  await using site = await openSite();
  const ann = new OwnPerson(site);
  const again = async (fields: Record<string, unknown>) => {
    const answer = await ann.get("/api/chat", {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ toolId: TOOL, ...fields }),
    });
    assert.match(await answer.text(), /event: done/);
  };
  const file = async () => {
    const answer = await ann.post("/my-data/export", {});
    return ownFile.parse(JSON.parse(await answer.text()));
  };
  await ann.say("never edited", "math-tutor");
  await ann.say("as it was");
  const first = (await file()).conversations.find(({ tool }) => tool.id === TOOL);
  assertEquals(first?.otherVersions, undefined);
  const reply = /name="(?:up|down)" value="([^"]+)"/.exec(await ann.html(`/chat/${TOOL}`))?.[1];
  assertEquals((await ann.post(`/chat/${TOOL}/rate`, { up: reply ?? "" })).status, 204);
  await again({ action: "edit", seq: 0, message: "as it is" });
  await ann.say("and then");
  await again({ action: "regenerate" });
  const { conversations, devices } = await file();
  assertEquals(devices, []);
  const { messages, otherVersions = [] } = conversations.find(({ tool }) => tool.id === TOOL) ??
    { messages: [] };
  const said = (all: OwnMessage[]) =>
    all.map(({ seq, role, text }) => `${seq} ${role === "user" ? text : role}`);
  assertEquals(said(messages), ["0 as it is", "1 assistant", "2 and then", "3 assistant"]);
  assertEquals(said(otherVersions), ["0 as it was", "1 assistant", "3 assistant"]);
  assertEquals(otherVersions.map(({ version }) => version), [0, 0, 1]);
  assertEquals(otherVersions.map(({ rating }) => rating?.verdict), [undefined, "up", undefined]);
});

Deno.test("POST /my-data/delete: nothing is left but the cost, the link is dead, the browser is new", async () => {
  await using site = await openSite();
  const [ann, bob] = [new OwnPerson(site), new OwnPerson(site)];
  await ann.say(`first ${SECRET}`);
  await ann.post(`/chat/${TOOL}`, { action: "new" });
  await ann.say(`second ${SECRET}`);
  await ann.html(`/history?q=${SECRET}`);
  await bob.say("bob's own");
  const path = await ann.share();
  const before = await ann.html("/my-data");
  assert.match(before, /Delete 2 conversations/);
  assert.doesNotMatch(before, /Backups/);
  assertEquals((await ann.post("/my-data/delete", {})).status, 400, "It is confirmed");
  const { cookie } = ann;
  const done = await ann.post("/my-data/delete", { confirm: "yes" });
  assertEquals([done.status, done.headers.get("location")], [303, "/my-data?deleted"]);
  assert.match(done.headers.get("clear-site-data") ?? "", /"cache"/);
  assert.match(done.headers.getSetCookie()[0] ?? "", /^visitor=;.*Max-Age=0/);
  const left = await storedText(site);
  assert.doesNotMatch(left, new RegExp(SECRET));
  assert.match(left, /bob's own/);
  assertEquals((await site.fetch(path)).status, 404);
  assert.match(await ann.html("/my-data?deleted"), /Everything is deleted/);
  ann.cookie = cookie;
  assert.match(await ann.html("/history"), /No conversations yet/);
});

Deno.test("GET /help says what the settings in force say, and whom to ask", async () => {
  await using site = await openSite();
  const ann = new OwnPerson(site);
  const before = await ann.html("/help");
  assert.match(before, /kept for 30 days/);
  assert.match(before, /do not read conversations/);
  assert.match(before, /answers are made up/);
  assert.match(before, /Ask the person at OBT Helper/);
  const { settings } = site.world.services;
  const who = "ada@example.org";
  await settings.save({
    who,
    group: "people",
    seen: settings.current.version,
    edit: (now) => ({
      ...now,
      retentionDays: 7,
      review: { enabled: true, notice: "Miriam reads along." },
      people: {
        sharing: true,
        contactName: "Miriam <b>Chacha</b>",
        contactPhone: "+254700000001",
        contactMail: "help@example.org",
      },
    }),
  });
  const after = await ann.html("/help");
  assert.match(after, /kept for 7 days/);
  assert.match(after, /may read conversations/);
  assert.match(after, /Miriam reads along\./);
  assert.match(after, /Miriam &lt;b>Chacha/);
  assert.match(after, /href="https:\/\/wa\.me\/254700000001"/);
  assert.match(after, /href="mailto:help@example\.org"/);
});

Deno.test("GET /help names the AI company that is asked", async () => {
  await using site = await openSite({ env: { OPENAI_API_KEY: "sk-test", LLM_PROVIDER: "openai" } });
  const html = await new OwnPerson(site).html("/help");
  assert.match(html, /AI company \(OpenAI\)/);
});

/** Words that are names or keys in every language. */
const NAMES =
  /OBT Helper|General Assistant|Math Tutor|WhatsApp|Etc\/GMT[-+]\d+|UTC|Enter|Shift|Esc|general-assistant|https?:\/\/\S+/g;

/** The words of a page that people see or hear. */
function wordsOf(html: string): string {
  const body = html.slice(html.indexOf("<body")).replace(/<(script|style)[^]*?<\/\1>/g, "");
  const heard = [...body.matchAll(/(?:aria-label|title|placeholder|alt)="([^"]*)"/g)]
    .map(([, words]) => words);
  const title = /<title>([^<]*)/.exec(html)?.[1] ?? "";
  return [title, ...heard, body.replace(/<[^>]*>/g, " ")].join("\n");
}

Deno.test("every page about one's own data is in Arabic for its readers, without an English word", async () => {
  await using site = await openSite();
  const ann = new OwnPerson(site, "ar-EG,ar;q=0.9,en;q=0.5");
  await ann.say("سؤال عن مرقس");
  const path = await ann.share();
  const link = `/chat/${TOOL}/share`;
  const own = [
    "/history",
    "/history?q=مرقس",
    "/history?q=لوقا",
    "/my-data",
    "/help",
    "/device",
    link,
  ];
  const [, rename = ""] = /"(\/history\/rename[^"]+)"/.exec(await ann.html("/history")) ?? [];
  assert.ok(rename);
  const pages = [
    ...own,
    rename.replaceAll("&amp;", "&"),
    "/shared/none",
    "/history?gone",
    "/device/redeem",
  ];
  for (const page of pages) {
    const html = await ann.html(page);
    assert.match(html, /<html lang="ar" dir="rtl"/, page);
    const english = wordsOf(html).replace(NAMES, "").match(/[A-Za-z]{2,}/g);
    assertEquals(english, null, page);
  }
  const shared = await ann.html(path);
  const frame = shared.replace(/<div class="prose">[^]*?<\/article>/g, "");
  assertEquals(wordsOf(frame).replace(NAMES, "").match(/[A-Za-z]{2,}/g), null, path);
  const empty = new OwnPerson(site, "ar");
  for (const page of ["/history", "/my-data", link]) {
    const words = wordsOf(await empty.html(page)).replace(NAMES, "");
    assertEquals(words.match(/[A-Za-z]{2,}/g), null, page);
  }
});

Deno.test("invisible characters alone are neither a message nor a title", async () => {
  await using site = await openSite();
  const ann = new OwnPerson(site);
  const invisible = "\u200b\u202e\u3164";
  const asked = await ann.get("/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ toolId: TOOL, message: invisible }),
  });
  assertEquals(asked.status, 400);
  assert.match(await asked.text(), /"code":"message.empty"/);
  // With something to see, they stay as they are.
  const family = "\u{1F468}\u200d\u{1F469}\u200d\u{1F467}";
  await ann.say(family);
  const title = async () =>
    /<button class="title"[^>]*>([^<]*)</.exec(await ann.html("/history"))?.[1];
  assertEquals(await title(), family);
  const [, conversation = ""] =
    /name="conversation" value="([\w-]+)"/.exec(await ann.html("/history")) ?? [];
  await ann.post("/history/rename", { tool: TOOL, conversation, title: "Mine" });
  assertEquals(await title(), "Mine");
  await ann.post("/history/rename", { tool: TOOL, conversation, title: invisible });
  assertEquals(await title(), family);
});
