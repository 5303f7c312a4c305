import { TURN_ERROR_TEXTS } from "@/lib/locales/errors/turns/languages.ts";
import { PAGE_TEXTS } from "@/lib/locales/page/languages.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { foreignIn, foreignWords, islandTexts } from "@/tests/support/foreign_words.ts";
import { OwnPerson } from "@/tests/support/own_person.ts";
import { openPhones } from "@/tests/support/phones.ts";
import { setRemembers, startNotingModel } from "@/tests/support/remembering.ts";
import { openSite, type Site } from "@/tests/support/site.ts";
import { heard } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";

/** What the tests' people write, and its model's marks. */
const WRITTEN = ["Where is Capernaum?", "And Bethsaida?", "[[mock:error]]", "[[mock:cut]]"];
const FAILURES = TURN_ERROR_TEXTS.ar.failures;
const CHAT = `/chat/${TOOL}`;

function test(name: string, run: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, sanitizeOps: false, sanitizeResources: false, fn: run });
}

/** What the organisation and people gave, which has the language that they gave it in. */
async function given({ world }: Site): Promise<string[]> {
  const tools = await world.deps.store.tools.list();
  return [
    ...WRITTEN,
    ...tools.flatMap(({ name, description, group, greeting, starters }) => [
      ...[name, description, group, greeting].map((each) => each ?? ""),
      ...starters,
    ]),
  ];
}

/** Pages in Arabic with words of another language. */
async function faultsIn(
  site: Site,
  pages: readonly (readonly [about: string, html: string])[],
  more: readonly string[] = [],
): Promise<string[]> {
  const all = [...await given(site), ...more];
  return pages.flatMap(([about, html]) => {
    assert.match(html, /<html lang="ar" dir="rtl"/, about);
    const words = foreignWords(html, all);
    return words.length === 0 ? [] : [`${about}: ${words.join(" | ")}`];
  });
}

/** Posts a message as the page's script does. */
function post(person: OwnPerson, message: string): Promise<Response> {
  return person.get("/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ toolId: TOOL, message }),
  });
}

/** Sends a message as the page does without a script; returns the page that follows. */
async function send(person: OwnPerson, message: string): Promise<string> {
  const fields = { action: "send", message, requestId: crypto.randomUUID() };
  return await (await person.post(CHAT, fields)).text();
}

test("pages in Arabic: every page has no words of another language, nor have its island's texts", async () => {
  await using site = await openSite();
  const ann = new OwnPerson(site, "ar");
  const empty = await ann.html(CHAT);
  assert.ok(islandTexts(empty).length > 50, "The props are read");
  await ann.say("Where is Capernaum?");
  const talk = await ann.html(CHAT);
  const shared = await ann.share();
  const history = await ann.html("/history");
  const [, conversation = ""] = /name="conversation" value="([\w-]+)"/.exec(history) ?? [];
  const paths = [
    "/",
    "/?q=math",
    "/?q=zzz",
    CHAT,
    `${CHAT}?edit=0`,
    `${CHAT}?before=1`,
    `${CHAT}/delete`,
    `${CHAT}/reason?seq=1`,
    `${CHAT}/whatsapp`,
    "/history?q=capernaum",
    "/history?q=zzz",
    `/history/rename?tool=${TOOL}&conversation=${conversation}`,
    shared,
    "/shared/00000000000000000000000000000000",
    "/device",
    "/device/redeem?code=none",
    "/my-data",
    "/memory",
    "/help",
    "/settings",
    "/settings?saved",
    "/export",
    "/offline",
    "/nowhere",
    "/chat/nowhere",
    "/%zz",
  ];
  const pages: [string, string][] = [["empty chat", empty], ["chat", talk], ["history", history]];
  for (const path of paths) pages.push([path, await ann.html(path)]);
  const stranger = new OwnPerson(site, "ar");
  pages.push(["shared, to others", await stranger.html(shared)]);
  pages.push(["share", await ann.html(`${CHAT}/share`)]);
  await ann.post("/my-data/delete", { confirm: "yes" });
  pages.push(["shared, over", await stranger.html(shared)]);
  assertEquals(await faultsIn(site, pages, ["capernaum", "math", "zzz"]), []);
});

test("pages in Arabic: failed and cut turns, in the stream, on the page and after it", async () => {
  await using site = await openSite();
  const ann = new OwnPerson(site, "ar");
  for (const mark of ["[[mock:error]]", "[[mock:cut]]"]) {
    const events = await Array.fromAsync(heard(await post(ann, `And Bethsaida? ${mark}`)));
    const failed = events.find(({ event }) => event === "error");
    assert.ok(failed, mark);
    const { title, detail } = failed.fields;
    assertEquals(foreignIn(`${title} ${detail}`, WRITTEN), [], mark);
    assert.ok(JSON.stringify(FAILURES).includes(`${title}`), `${title}`);
  }
  const page = await ann.html(CHAT);
  assert.ok(page.includes(PAGE_TEXTS.ar.turn.tryAgain), "The failure is shown");
  assertEquals(await faultsIn(site, [["chat", page]]), []);
  // Somebody who reads in English at the same time has English.
  const bob = new OwnPerson(site, "en");
  const theirs = await Array.fromAsync(heard(await post(bob, "Where? [[mock:error]]")));
  assert.match(`${theirs.find(({ event }) => event === "error")?.fields.title}`, /AI service/);
});

test("pages in Arabic: a day that is used up, with the notices before it", async () => {
  await using site = await openSite({ env: { ORGANISATION_CEILING_USD: "0.00017" } });
  const ann = new OwnPerson(site, "ar");
  const kinds = new Set<unknown>();
  let refused: Response | null = null;
  for (let i = 0; i < 30 && refused === null; i++) {
    const answer = await post(ann, "Where is Capernaum?");
    if (answer.status !== 200) {
      refused = answer;
      break;
    }
    for (const { event, fields } of await Array.fromAsync(heard(answer))) {
      if (event !== "notice") continue;
      kinds.add(fields.kind);
      assertEquals(foreignIn(`${fields.text}`, [`${fields.model}`]), [], `${fields.text}`);
    }
  }
  assert.ok(kinds.size > 0, "There were notices");
  assertEquals(refused?.status, 429);
  const { title, detail } = await refused?.json() ?? {};
  assertEquals(foreignIn(`${title} ${detail}`, []), []);
  const pages = [
    ["chat", await ann.html(CHAT)],
    ["refused", await send(ann, "And Bethsaida?")],
    ["home", await ann.html("/")],
  ] as const;
  assert.ok(pages[1][1].includes("And Bethsaida?"));
  assertEquals(await faultsIn(site, pages), []);
});

test("pages in Arabic: a rate limit, as problem details and on the page", async () => {
  await using site = await openSite({ env: { RATE_LIMIT_CHAT_PER_MINUTE: "1" } });
  const ann = new OwnPerson(site, "ar");
  await ann.say("Where is Capernaum?");
  const refused = await post(ann, "And Bethsaida?");
  assertEquals(refused.status, 429);
  const { title, detail } = await refused.json();
  assertEquals(foreignIn(`${title} ${detail}`, []), []);
  const page = await send(ann, "And Bethsaida?");
  assert.match(page, /And Bethsaida\?/);
  assertEquals(await faultsIn(site, [["refused", page]]), []);
});

test("pages in Arabic: a share that is used up, and a message that is refused", async () => {
  await using site = await openSite({
    env: { ORGANISATION_CEILING_USD: "0.02", PERSON_SHARE_PERCENT: "1" },
  });
  const ann = new OwnPerson(site, "ar");
  await ann.say("Where is Capernaum?");
  const pages = [
    ["over the share", await send(ann, "And Bethsaida?")],
    ["empty message", await send(ann, " ")],
    ["too long", (await send(ann, "x".repeat(30_001))).replace(/x{30000,}/g, " ")],
  ] as const;
  assertEquals(await faultsIn(site, pages), []);
});

test("pages in Arabic: what a tool remembers, on and off", async () => {
  const note = "The person asked: Where is Capernaum?";
  await using model = startNotingModel(() => `en\n${note}`);
  await using site = await openSite({ env: model.env });
  await setRemembers(site.world);
  const ann = new OwnPerson(site, "ar");
  const pages: [string, string][] = [["chat", await ann.html(CHAT)]];
  await ann.say("Where is Capernaum?");
  await ann.post(CHAT, { action: "new" });
  await site.world.services.memory.rounds.round();
  const list = await ann.html("/memory");
  assert.ok(list.includes("The person asked:"), "It is remembered");
  const change = /<a class="quiet" href="(\/memory\?[^"]*)#note"/.exec(list)?.[1] ?? "";
  pages.push(["notes", list], ["a note", await ann.html(change.replaceAll("&amp;", "&"))]);
  await ann.post("/memory", { tool: TOOL, action: "off" });
  pages.push(["off for the tool", await ann.html("/memory")], ["its chat", await ann.html(CHAT)]);
  await ann.post("/memory", { action: "off" });
  pages.push(["off", await ann.html("/memory")], ["my data", await ann.html("/my-data")]);
  assertEquals(await faultsIn(site, pages, [note]), []);
});

test("pages in Arabic: linking, a linked phone, its messages, and the end of the link", async () => {
  await using phones = await openPhones();
  const { site, twilio, world } = phones;
  const ann = new OwnPerson(site, "ar");
  await ann.html(CHAT);
  const code = await ann.html(`${CHAT}/whatsapp`);
  const pages: [string, string][] = [
    ["code", code],
    ["by number", await ann.html(`${CHAT}/whatsapp?way=number`)],
  ];
  const [, digits = ""] = /LINK(?:%20|\+| )([\w-]+)/.exec(code) ?? [];
  const idle = () =>
    until("all work done", async () => (await world.deps.store.phones.work()).length === 0);
  const phone = twilio.phone("+41791234567");
  await phone.says(`LINK ${digits}`);
  await idle();
  const linked = await ann.html(`${CHAT}/whatsapp`);
  assert.ok(linked.includes("+41"), "It is linked");
  pages.push(["linked", linked]);
  await phone.says("Where is Capernaum?");
  await idle();
  const chat = await ann.html(CHAT);
  assert.ok(chat.includes("Where is Capernaum?"));
  pages.push(["linked chat", chat], ["history", await ann.html("/history")]);
  pages.push(["my data", await ann.html("/my-data")]);
  await phone.says("UNLINK");
  await idle();
  await phone.says("YES");
  await idle();
  pages.push(["ended chat", await ann.html(CHAT)], ["ended", await ann.html(`${CHAT}/whatsapp`)]);
  // The code stands in letters and digits.
  const codes = pages.flatMap(([, html]) => [...html.matchAll(/LINK(?:%20|\+| )([\w-]+)/g)])
    .flatMap(([, each = ""]) => [each]);
  assertEquals(await faultsIn(site, pages, codes), []);
});

test("pages in Arabic: another device, from the code to its end", async () => {
  await using site = await openSite();
  const [first, other] = [new OwnPerson(site, "ar"), new OwnPerson(site, "ar")];
  await first.say("Where is Capernaum?");
  const offered = await (await first.post("/device", { action: "offer" })).text();
  const [path = ""] = /\/device\/redeem\?code=[\w-]{32}/.exec(offered) ?? [];
  const pages: [string, string][] = [["offer", offered], ["redeem", await other.html(path)]];
  await other.post("/device/redeem", { code: path.split("code=")[1] ?? "" });
  pages.push(["waits", await other.html("/device/redeem")]);
  const asked = await first.html("/device");
  const [, device = ""] = /name="device" value="([\w-]+)"/.exec(asked) ?? [];
  pages.push(["to confirm", asked], ["used code", await other.html(path)]);
  await first.post("/device", { action: "confirm", device });
  pages.push(["confirmed", await first.html("/device")], ["joined", await other.html("/device")]);
  assert.ok((await other.html("/history")).includes("Capernaum"), "It has joined");
  pages.push(["refused", await (await other.post("/device", { action: "offer" })).text()]);
  await first.post("/device", { action: "end", device });
  pages.push(["ended", await other.html("/device")], ["none left", await first.html("/device")]);
  assertEquals(await faultsIn(site, pages), []);
});
