import { mediaKeys } from "@/lib/media/records.ts";
import { uploadKeys } from "@/lib/media/uploads/records.ts";
import { SOUND_BYTES_IN_MEMORY } from "@/lib/media/uploads/uploads.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import type { Tool } from "@/lib/tools/rules/tool.ts";
import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { wavRecording } from "@/tests/support/recordings.ts";
import { openSite, type Site } from "@/tests/support/site.ts";
import { SiteVisitor } from "@/tests/support/uploads.ts";
import { until } from "@/tests/support/wait.ts";

const SAME = { "sec-fetch-site": "same-origin" };
const HEARS = "gpt-audio-1.5";
const recorded = () => Deno.readFileSync(new URL("../fixtures/recorded.webm", import.meta.url));

/** A site with a tool whose model hears. */
async function openHearing(tool: Partial<Tool> = {}, env: Record<string, string> = {}) {
  const openai = startOpenAiSenses();
  openai.hear({ text: "How far is it?", seconds: 3 });
  const site = await openSite({
    env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url, ...env },
  });
  await change(site, { hearingModel: HEARS, ...tool });
  return {
    site,
    openai,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await openai[Symbol.asyncDispose]();
    },
  };
}

async function change({ world }: Site, over: Partial<Tool>): Promise<void> {
  const { tools } = world.deps.store;
  const tool = await tools.get(TOOL);
  assert.ok(tool);
  await tools.put({ ...tool, ...over });
  await tools.snapshot();
}

function post(visitor: SiteVisitor, fields: Record<string, unknown>): Promise<Response> {
  return visitor.fetch("/api/chat", {
    method: "POST",
    headers: { ...SAME, "content-type": "application/json" },
    body: JSON.stringify({ toolId: TOOL, ...fields }),
  });
}

async function spoken(visitor: SiteVisitor, bytes = wavRecording(3)) {
  const { id } = await visitor.upload(bytes);
  const answer = await visitor.transcript(id, TOOL);
  return { id, status: answer.status, told: await answer.json() };
}

/** The last question of a request. */
function questionIn(body: Record<string, unknown> | undefined): unknown {
  assert.ok(Array.isArray(body?.messages));
  return body.messages.at(-1).content;
}

async function replies({ world }: Site) {
  const entries = (await Array.fromAsync(world.deps.store.ledger.all())).flat();
  assertEquals((await checkLedger(world.deps.store)).difference, null);
  return entries.filter(({ audioSeconds }) => audioSeconds === 0);
}

async function leftFiles({ world }: Site): Promise<number> {
  const { kv } = world.deps.store;
  const kept = await kv.list({ prefix: ["media_piece"] }, () => mediaKeys.mediaPiece("", 0));
  const uploads = await kv.list({ prefix: ["upload_piece"] }, () => uploadKeys.piece("", 0));
  return kept.length + uploads.length;
}

Deno.test("a recording goes to the tool's model that hears, with its text, once; written questions to its own model", async () => {
  await using opened = await openHearing();
  const { site, openai } = opened;
  const ada = new SiteVisitor(site);
  const { id, told } = await spoken(ada);
  assertEquals(told, { text: "How far is it?", seconds: 3, heard: true });
  Object.assign(openai.usage, { prompt: 200, completion: 5, audio: 30 });
  const asked = { message: "How far is Jericho?", attachments: [`${id}:once`] };
  await (await post(ada, asked)).text();
  const [first] = openai.asked;
  assertEquals(first?.model, HEARS);
  const question = questionIn(first);
  assert.ok(Array.isArray(question));
  assert.match(question[0].text, /^\(This question was spoken.*\n\n---\n\nHow far is Jericho\?$/s);
  assertEquals(question[1], {
    type: "input_audio",
    input_audio: { data: wavRecording(3).toBase64(), format: "wav" },
  });
  // 170 tokens of text at $2.50, 30 of audio at $32 and 5 written at $10 a million.
  const [entry] = await replies(site);
  assertEquals([entry?.model, entry?.usd], [HEARS, 425_000n + 960_000n + 50_000n]);
  assertEquals([entry?.basis, await leftFiles(site)], ["reported", 0]);

  Object.assign(openai.usage, { prompt: 100, audio: 0 });
  await (await post(ada, { message: "And Bethany?" })).text();
  const [, second] = openai.asked;
  assertEquals(second?.model, "gpt-6-luna");
  assert.doesNotMatch(JSON.stringify(second), /input_audio|was spoken/);
  assert.match(JSON.stringify(second), /How far is Jericho\?/);
});

Deno.test("the hold of a recording is the most that it can cost, and audio that a server does not count is booked as much", async () => {
  await using opened = await openHearing();
  const { site, openai } = opened;
  const ada = new SiteVisitor(site);
  const { id } = await spoken(ada);
  openai.pace.slow = 300;
  Object.assign(openai.usage, { prompt: 600, completion: 5, audio: 0 });
  const answer = post(ada, { message: "Hear this", attachments: [`${id}:once`] });
  const { store, calendar, clock } = site.world.deps;
  const today = async () =>
    (await store.ledger.days("organisation", "all", [calendar.dayOf(clock())]))[0];
  let held = 0n;
  while (held === 0n) {
    await new Promise((done) => setTimeout(done, 10));
    held = (await today())?.held ?? 0n;
  }
  await (await answer).text();
  // Four seconds of 10 tokens, a second of them to spare: 40 at $32, 560 at $2.50 a million.
  const bill = 1_280_000n + 1_400_000n + 50_000n;
  const [entry] = await replies(site);
  assertEquals([entry?.usd, (await today())?.held], [bill, 0n]);
  const tool = await store.tools.get(TOOL);
  assert.ok(tool && held >= bill);
  assert.ok(held >= BigInt(tool.maxTokens) * 10_000n + 1_280_000n);
});

Deno.test("a recording that nobody can write down goes to the model all the same", async () => {
  await using opened = await openHearing();
  const { site, openai } = opened;
  const ada = new SiteVisitor(site);
  openai.hear({ status: 500 });
  const { id, status, told } = await spoken(ada);
  assertEquals([status, told], [200, { text: "", seconds: 3, heard: true }]);
  await (await post(ada, { message: "(Voice message)", attachments: [`${id}:once`] })).text();
  assert.match(JSON.stringify(questionIn(openai.asked[0])), /input_audio/);
  // Silence, as it seems to a recogniser, may be a language that it does not know.
  openai.hear({ status: 200, text: "" });
  assertEquals((await spoken(ada)).told.heard, true);
  await change(site, { hearingModel: null });
  assertEquals((await spoken(ada)).told, { text: "", seconds: 3, heard: false });
  openai.hear({ status: 500 });
  assertEquals((await spoken(ada)).status, 502);
});

Deno.test("recordings of formats or lengths that the model does not take are asked by their text; without one they are refused", async () => {
  await using opened = await openHearing();
  const { site, openai } = opened;
  const ada = new SiteVisitor(site);
  const webm = await spoken(ada, recorded());
  assertEquals(webm.told.heard, false);
  await (await post(ada, { message: "How far?", attachments: [`${webm.id}:once`] })).text();
  assertEquals([openai.asked[0]?.model, questionIn(openai.asked[0])], ["gpt-6-luna", "How far?"]);
  const long = await spoken(ada, wavRecording(121, { rate: 8_000 }));
  assertEquals(long.told.heard, false);
  const unwritten = (await ada.upload(recorded())).id;
  const refused = await post(ada, { message: "Hear", attachments: [`${unwritten}:once`] });
  assertEquals([refused.status, (await refused.json()).code], [503, "audio.not_heard"]);
});

Deno.test("a recording that the person keeps is heard and kept", async () => {
  await using opened = await openHearing();
  const { site, openai } = opened;
  const ada = new SiteVisitor(site);
  const { id } = await spoken(ada);
  await (await post(ada, { message: "Keep it", attachments: [id] })).text();
  assert.match(JSON.stringify(questionIn(openai.asked[0])), /input_audio/);
  const page = await (await ada.fetch(`/chat/${TOOL}`)).text();
  assert.match(page, /<audio controls/);
});

Deno.test("a server of one's own hears what its setting says, at no cost", async () => {
  const own = startOpenAiSenses();
  await using _own = own;
  await using opened = await openHearing({ hearingModel: "mine:any-name" }, {
    LLM_COMPATIBLE: `mine=${own.url}`,
    LLM_AUDIO_MINE: "wav, webm",
  });
  const { site, openai } = opened;
  const ada = new SiteVisitor(site);
  const { id, told } = await spoken(ada, recorded());
  assertEquals(told.heard, true);
  await (await post(ada, { message: "Hear", attachments: [`${id}:once`] })).text();
  assert.match(JSON.stringify(questionIn(own.asked[0])), /"format":"webm"/);
  const entries = await replies(site);
  assertEquals([openai.asked.length, entries.map(({ usd }) => usd)], [0, [0n]]);
});

Deno.test("without a price of audio, nothing is sent as a recording", async () => {
  await using opened = await openHearing();
  const { site, openai } = opened;
  const ada = new SiteVisitor(site);
  const { customPrices } = site.world.deps.store;
  const tokens = { input: 1_000n, cachedInput: 1_000n, output: 1_000n };
  await customPrices.set("openai", HEARS, { from: 0, tokens, unit: null });
  await customPrices.refresh(Date.now() + 60_000);
  assertEquals((await spoken(ada)).told.heard, false);
  const priced = { ...tokens, audioInput: 5_000n };
  await customPrices.set("openai", HEARS, { from: 1, tokens: priced, unit: null });
  await customPrices.refresh(Date.now() + 120_000);
  assertEquals((await spoken(ada)).told.heard, true);
  assertEquals(openai.asked.length, 0);
});

Deno.test("a turn with a recording asks no model that does not hear", async () => {
  await using opened = await openHearing({ chain: ["gpt-6-sol"] });
  const { site, openai } = opened;
  const ada = new SiteVisitor(site);
  const { id } = await spoken(ada);
  openai.refusal.status = 500;
  await (await post(ada, { message: "Hear", attachments: [`${id}:once`] })).text();
  assertEquals(new Set(openai.asked.map(({ model }) => model)), new Set([HEARS]));
});

Deno.test("of large recordings only as many are in memory at a time as have room; the others wait", async () => {
  await using opened = await openHearing();
  const { site, openai } = opened;
  const { voiceNotes: { uploads, room }, deps: { store } } = site.world.services;
  const large = wavRecording(104, { rate: 48_000, channels: 2 });
  const asking = await Promise.all([1, 2, 3, 4, 5].map(async () => {
    const visitor = new SiteVisitor(site);
    const { id } = await (await visitor.begin(large.length)).json();
    const own = (await store.kv.get(uploadKeys.upload(id))).value?.visitor ?? "";
    return { visitor, id: await uploads.keep({ visitor: own, address: id }, large) };
  }));
  assertEquals(room.held, 0, "After they were checked");
  openai.pace.slow = 2_000;
  const answers = asking.map(async ({ visitor, id }) => {
    const answer = await post(visitor, { message: "Hear this", attachments: [`${id}:once`] });
    return [answer.status, (await answer.text()).includes("event: done")];
  });
  await until("the first request", () => openai.asked.length > 0);
  assert.ok(room.held > 0 && room.held <= SOUND_BYTES_IN_MEMORY, `${room.held} bytes`);
  assertEquals(await Promise.all(answers), Array(5).fill([200, true]));
  assertEquals(openai.asked.length, 5);
  const fit = Math.floor(SOUND_BYTES_IN_MEMORY / large.length);
  assert.ok(openai.load.most <= fit, `${openai.load.most} at a time, of ${fit}`);
  await until("the room", () => room.held === 0);
});

Deno.test("without a script a recording that is heard goes with its form, kept or not", async () => {
  await using opened = await openHearing();
  const { site, openai } = opened;
  const ada = new SiteVisitor(site);
  openai.hear({ status: 500 });
  const body = new FormData();
  body.set("recording", new File([wavRecording(3)], "a.wav", { type: "audio/wav" }));
  const sent = await ada.fetch(`/chat/${TOOL}/voice`, { method: "POST", headers: SAME, body });
  assertEquals(sent.status, 303);
  const path = sent.headers.get("location") ?? "";
  const page = await (await ada.fetch(path)).text();
  assert.match(page, /\(Voice message, 0:03, not written down\)<\/textarea>/);
  assert.match(page, /The model also hears the recording\./);
  const [, id = ""] = /<input type="hidden" name="heard" value="([^"]+)"/.exec(page) ?? [];
  const fields = new URLSearchParams({ action: "send", message: "(Voice message)", heard: id });
  const asked = await ada.fetch(`/chat/${TOOL}`, { method: "POST", headers: SAME, body: fields });
  assertEquals(asked.status, 303);
  while (openai.asked.length === 0) await new Promise((done) => setTimeout(done, 20));
  assert.match(JSON.stringify(questionIn(openai.asked[0])), /input_audio/);
});
