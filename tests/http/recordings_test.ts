import { mediaKeys } from "@/lib/media/records.ts";
import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { jpegFile } from "@/tests/support/picture_files.ts";
import { textOf } from "@/tests/support/page_text.ts";
import { openSite, type Site } from "@/tests/support/site.ts";
import { SiteVisitor } from "@/tests/support/uploads.ts";

const recorded = () => Deno.readFileSync(new URL("../fixtures/recorded.webm", import.meta.url));
const AUDIO = /<audio controls preload="none" src="(\/api\/media\/[^"]+)">/;
const SAME = { "sec-fetch-site": "same-origin" };

/** A site whose recordings say "How far is it?". */
async function openSpeaking(clock?: () => number) {
  const openai = startOpenAiSenses();
  openai.hear({ text: "How far is it?", seconds: 3 });
  const env = { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url };
  const site = await openSite({ env, ...(clock ? { clock } : {}) });
  return {
    site,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await openai[Symbol.asyncDispose]();
    },
  };
}

function form(visitor: SiteVisitor, path: string, fields: Record<string, string>) {
  return visitor.fetch(path, { method: "POST", headers: SAME, body: new URLSearchParams(fields) });
}

function post(visitor: SiteVisitor, fields: Record<string, unknown>): Promise<Response> {
  return visitor.fetch("/api/chat", {
    method: "POST",
    headers: { ...SAME, "content-type": "application/json" },
    body: JSON.stringify({ toolId: TOOL, ...fields }),
  });
}

async function page(visitor: SiteVisitor, path = `/chat/${TOOL}`): Promise<string> {
  return await (await visitor.fetch(path)).text();
}

async function spoken(visitor: SiteVisitor): Promise<string> {
  const { id } = await visitor.upload(recorded());
  assertEquals((await visitor.transcript(id, TOOL)).status, 200);
  return id;
}

async function storedFiles({ world }: Site): Promise<number> {
  const { kv } = world.deps.store;
  const rows = await kv.list({ prefix: ["media_piece"] }, () => mediaKeys.mediaPiece("", 0));
  return rows.length;
}

async function setKeeps({ world }: Site): Promise<void> {
  const { tools } = world.deps.store;
  const tool = await tools.get(TOOL);
  assert.ok(tool);
  await tools.put({ ...tool, keepsRecordings: true });
  await tools.snapshot();
}

Deno.test("a recording stays with its message only if that names it: heard by ranges, by its sender, and in their data", async () => {
  await using opened = await openSpeaking();
  const { site } = opened;
  const ada = new SiteVisitor(site), eve = new SiteVisitor(site, "192.0.2.2");
  await spoken(ada);
  await (await post(ada, { message: "How far is it?" })).text();
  assert.doesNotMatch(await page(ada), AUDIO);
  assertEquals(await storedFiles(site), 0);

  const id = await spoken(ada);
  const requestId = "0123456789abcdef";
  const asked = { message: "How far is Jericho?", attachments: [id], requestId };
  const answer = await post(ada, asked);
  assertEquals(answer.status, 200);
  assert.match(await answer.text(), /<audio controls preload=\\"none\\"/);
  // Repeated, it joins its turn, whose upload is gone.
  assertEquals((await post(ada, asked)).status, 200);
  assertEquals((await ada.fetch(`/api/media/${id}`, { method: "HEAD" })).status, 404);

  const [, path = ""] = AUDIO.exec(await page(ada)) ?? [];
  const whole = await ada.fetch(path);
  assertEquals(new Uint8Array(await whole.arrayBuffer()), recorded());
  assertEquals(
    ["content-type", "x-content-type-options", "accept-ranges"]
      .map((name) => whole.headers.get(name)),
    ["audio/webm", "nosniff", "bytes"],
  );
  const part = await ada.fetch(path, { headers: { range: "bytes=100-199" } });
  assertEquals(part.status, 206);
  assertEquals(new Uint8Array(await part.arrayBuffer()), recorded().slice(100, 200));
  assertEquals((await eve.fetch(path)).status, 404);

  assert.match(await page(ada, "/my-data"), /<dt>Recordings<\/dt><dd><bdi>1<\/bdi>/);
  const data = JSON.parse(await (await form(ada, "/my-data/export", {})).text());
  const kept = data.conversations.flatMap((each: { messages: { recordings?: unknown }[] }) =>
    each.messages.flatMap(({ recordings }) => recordings ?? [])
  );
  assertEquals(kept, [{ type: "audio/webm", base64: recorded().toBase64() }]);
});

Deno.test("a kept recording ends with its conversation, and with its visitor", async () => {
  await using opened = await openSpeaking();
  const { site } = opened;
  const ada = new SiteVisitor(site);
  const send = async () => {
    await (await post(ada, { message: "Hear this", attachments: [await spoken(ada)] })).text();
    return AUDIO.exec(await page(ada))?.[1] ?? "";
  };
  const first = await send();
  assertEquals((await ada.fetch(first)).status, 200);
  const ask = await page(ada, `/chat/${TOOL}/delete`);
  const [, conversation = ""] = /name="conversation" value="([^"]+)"/.exec(ask) ?? [];
  assertEquals((await form(ada, `/chat/${TOOL}/delete`, { conversation })).status, 303);
  assertEquals([(await ada.fetch(first)).status, await storedFiles(site)], [404, 0]);
  await send();
  assert.ok(await storedFiles(site) > 0);
  assertEquals((await form(ada, "/my-data/delete", { confirm: "yes" })).status, 303);
  assertEquals(await storedFiles(site), 0);
});

Deno.test("a message that is refused keeps its recording as an upload, and none of it with a message", async () => {
  await using opened = await openSpeaking();
  const { site } = opened;
  const ada = new SiteVisitor(site), eve = new SiteVisitor(site, "192.0.2.2");
  const id = await spoken(ada);
  assertEquals((await post(ada, { message: "", attachments: [id] })).status, 400);
  assertEquals((await post(eve, { message: "Mine", attachments: [id] })).status, 404);
  assertEquals(
    (await post(ada, { message: "Hi", attachments: [id], toolId: "nothing" })).status,
    404,
  );
  const two = [id, await spoken(ada)];
  assertEquals((await post(ada, { message: "Both", attachments: two })).status, 400);
  assertEquals([(await ada.transcript(id, TOOL)).status, await storedFiles(site)], [200, 0]);
});

Deno.test("without a script the choice is a box beside the text; where the tool keeps recordings it is said instead", async () => {
  await using opened = await openSpeaking();
  const { site } = opened;
  const ada = new SiteVisitor(site);
  const id = await spoken(ada);
  const before = await page(ada, `/chat/${TOOL}?heard=${id}`);
  assert.match(
    before,
    new RegExp(`<input type="checkbox" name="recording" value="${id}" form="composer"`),
  );
  const trust = (html: string) =>
    textOf(/<footer class="meta trust">[^]*?<\/footer>/.exec(html)?.[0] ?? "").trim();
  assert.match(trust(before), /^AI can be wrong\. Chats are kept for 30 days\.$/);
  const sent = await form(ada, `/chat/${TOOL}`, {
    action: "send",
    message: "How far is it?",
    recording: id,
  });
  assertEquals(sent.status, 303);
  assert.match(await page(ada), AUDIO);

  await setKeeps(site);
  const next = await spoken(ada);
  const after = await page(ada, `/chat/${TOOL}?heard=${next}`);
  assert.match(after, new RegExp(`<input type="hidden" name="recording" value="${next}"`));
  assert.match(trust(after), /^AI can be wrong\. Chats and recordings are kept for 30 days\.$/);
});

Deno.test("pictures and recordings of a visitor, sent or not, have 50 MB together, and all visitors' the settings' room", async () => {
  await using opened = await openSpeaking();
  const { site } = opened;
  const ada = new SiteVisitor(site), bob = new SiteVisitor(site, "192.0.2.2");
  const id = await spoken(ada);
  await (await post(ada, { message: "Hear this", attachments: [id] })).text();
  const size = recorded().length;
  assertEquals((await ada.begin(25_000_000)).status, 201);
  const code = async (answer: Response) => [answer.status, (await answer.json()).code];
  assertEquals(await code(await ada.begin(25_000_000)), [413, "sound.quota"]);
  assertEquals((await ada.begin(25_000_000 - size)).status, 201);
  const body = new FormData();
  body.set("file", new File([jpegFile(3, 2)], "a.jpg", { type: "image/jpeg" }));
  const full = await ada.fetch("/api/media", { method: "POST", headers: SAME, body });
  assertEquals(await code(full), [413, "picture.quota"]);
  const { store } = site.world.deps;
  await store.settings.change((_, now) => ({
    ...now,
    limits: { ...now.limits, mediaMegabytes: 51 },
  }), 1_000);
  assertEquals(await code(await bob.begin(2_000_000)), [413, "sound.no_room"]);
  assertEquals((await bob.begin(500_000)).status, 201);
});
