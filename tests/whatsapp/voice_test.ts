import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { texts } from "@/lib/locales/whatsapp/texts.ts";
import { NANO_PER_USD } from "@/lib/shared/money.ts";
import { type SpeechServer, startSpeechServer } from "@/tests/simulators/speech_server.ts";
import { FAULTS } from "@/tests/simulators/twilio_faults.ts";
import type { SimMessage } from "@/tests/simulators/twilio_messages.ts";
import { startAnsweringModel } from "@/tests/support/answering_model.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, type PhoneWorld, PUBLIC_URL, TUTOR } from "@/tests/support/phones.ts";
import { voiceNote } from "@/tests/support/voice_note.ts";
import { until } from "@/tests/support/wait.ts";

const ADA = "+41791234567";
const SAID = texts("en");

const voice = () => ({ media: [{ bytes: voiceNote(3), type: "audio/ogg" }] });

/** Waits until nothing is left to do; then the books must be right. */
async function idle({ world, twilio }: PhoneWorld): Promise<void> {
  const { store } = world.deps;
  await twilio.settled();
  await until("all work done", async () => (await store.phones.work()).length === 0, 30_000);
  assertEquals((await checkLedger(store)).difference, null);
}

async function entries({ world }: PhoneWorld) {
  return (await Array.fromAsync(world.deps.store.ledger.all())).flat();
}

/** Ledger entries of speech: cost in nano-dollars, model. */
async function speeches(phones: PhoneWorld) {
  const spoken = (await entries(phones)).filter(({ provider }) => provider === "speech");
  return spoken.map(({ usd, model }) => [usd, model]);
}

const notes = (all: readonly SimMessage[]) => all.filter(({ mediaUrl }) => mediaUrl !== null);

/** Fetches a voice note as Twilio does. */
async function fetched(phones: PhoneWorld, note: SimMessage | undefined): Promise<Response> {
  const { mediaUrl = null } = note ?? {};
  assert.match(String(mediaUrl), /^https:\/\/helper\.example\/api\/voice\?of=[\w-]{32}$/);
  return await fetch(mediaUrl?.replace(PUBLIC_URL, phones.url) ?? "");
}

/** A speech server and the program that uses it. */
async function open(options: Parameters<typeof openPhones>[0] = {}) {
  const speech = startSpeechServer();
  const phones = await openPhones({ ...options, env: { ...speech.env(), ...options.env } });
  return {
    speech,
    phones,
    ada: phones.twilio.phone(ADA),
    [Symbol.asyncDispose]: async () => {
      await speech[Symbol.asyncDispose]();
      await phones[Symbol.asyncDispose]();
    },
  };
}

Deno.test("whoever speaks gets the reply as text and, after it, as a voice note", async () => {
  await using scene = await open();
  const { speech, phones, ada } = scene;
  await ada.says("", voice());
  await ada.waitFor(4);
  await idle(phones);
  const all = ada.received();
  assertEquals(all.map(({ mediaUrl }) => mediaUrl !== null), [false, false, false, true]);
  const head = await fetch(`${phones.url}/api/voice${new URL(all[3]?.mediaUrl ?? "").search}`, {
    method: "HEAD",
  });
  assertEquals([head.status, head.headers.get("content-type")], [200, "audio/ogg"]);
  const answer = await fetched(phones, all[3]);
  assertEquals([answer.status, answer.headers.get("content-type")], [200, "audio/ogg"]);
  assertEquals(answer.headers.get("cache-control"), "no-store");
  assertEquals(new Uint8Array(await answer.arrayBuffer()), voiceNote(4));
  const [asked] = speech.asked;
  assertEquals(asked?.authorization, null);
  const { input, ...fields } = asked?.body ?? {};
  assertEquals(fields, { model: "kokoro", voice: "af_heart", response_format: "opus" });
  assert.doesNotMatch(String(input), /[*_`]/);
  assertEquals(await speeches(phones), [[0n, "kokoro"]]);
  const sent = (await entries(phones)).filter(({ provider }) => provider === "twilio");
  assertEquals(sent.length, 5, "One message in, four out");
  const logged = JSON.stringify(phones.world.logged);
  assert.ok(!logged.includes(String(all[3]?.mediaUrl?.split("of=")[1])), "The id is not logged");
});

Deno.test("VOICE: written questions are spoken if asked for, and none after VOICE NEVER", async () => {
  await using scene = await open();
  const { speech, phones, ada } = scene;
  await ada.says("What is a prime?");
  await ada.waitFor(2);
  await idle(phones);
  assertEquals(speech.asked.length, 0, "Whoever writes reads");
  await ada.says("voice");
  await ada.waitFor(3);
  assertEquals(ada.texts()[2], SAID.voice("spoken", "$0.02"));
  await ada.says("Voice always");
  await ada.waitFor(4);
  assertEquals(ada.texts()[3], SAID.voice("always", "$0.02"));
  await ada.says("What is a prime?");
  await ada.waitFor(6);
  await idle(phones);
  assertEquals([speech.asked.length, notes(ada.received()).length], [1, 1]);
  await ada.says("LANGUAGE español");
  await ada.waitFor(7);
  await ada.says("¿Qué es un primo?");
  await ada.waitFor(9);
  await idle(phones);
  assertEquals(speech.asked[1]?.body.voice, "ef_dora");
  await ada.says("voz nunca");
  await ada.waitFor(10);
  await ada.says("", voice());
  await ada.waitFor(12);
  await idle(phones);
  assertEquals([speech.asked.length, notes(ada.received()).length], [2, 2]);
});

Deno.test("without a speech server VOICE says so, and nothing is spoken", async () => {
  await using phones = await openPhones({ env: { LLM_SPEECH_URL: "http://127.0.0.1:1" } });
  const ada = phones.twilio.phone(ADA);
  await ada.says("VOICE ALWAYS");
  await ada.waitFor(1);
  assert.ok(ada.texts()[0]?.endsWith(SAID.voiceNone));
  await ada.says("", voice());
  await ada.waitFor(3);
  await idle(phones);
  assertEquals(notes(ada.received()).length, 0);
  const overview = await phones.world.services.whatsappAdmin.overview();
  assertEquals(overview.speech, null);
});

Deno.test("a voice note's address ends after an hour, and no other one opens anything", async () => {
  let ahead = 0;
  await using scene = await open({ clock: () => Date.now() + ahead });
  const { phones, ada } = scene;
  await ada.says("", voice());
  const [note] = notes(await ada.waitFor(4));
  await idle(phones);
  const ask = async () => {
    const answer = await fetched(phones, note);
    await answer.body?.cancel();
    return answer.status;
  };
  assertEquals(await ask(), 200);
  ahead += 59 * 60_000;
  assertEquals(await ask(), 200);
  ahead += 60_000;
  assertEquals(await ask(), 404);
  for (const id of ["", "a", "A".repeat(32), "../x", `${"A".repeat(31)}%00`]) {
    const answer = await fetch(`${phones.url}/api/voice?of=${id}`);
    assertEquals([answer.status, await answer.text()], [404, ""], id);
  }
});

const FAILURES: [name: string, how: Parameters<SpeechServer["speak"]>[0], asked: number][] = [
  ["refuses", { status: 400 }, 1],
  ["answers with a page", { body: "<!doctype html>" }, 1],
  ["answers with MP3", { body: new Uint8Array([0xff, 0xfb, 0x90, 0, 1, 2, 3]) }, 1],
  ["answers with silence of no length", { body: voiceNote(0) }, 1],
  ["answers with nothing", { body: "" }, 1],
  ["breaks off", { cut: true }, 1],
];

for (const [name, how, asked] of FAILURES) {
  Deno.test(`a speech server that ${name}: the text comes, no voice note, one entry at most`, async () => {
    await using scene = await open();
    const { speech, phones, ada } = scene;
    speech.speak(how);
    await ada.says("", voice());
    await ada.waitFor(3);
    await idle(phones);
    assertEquals([speech.asked.length, ada.received().length], [asked, 3]);
    assert.ok((await speeches(phones)).length <= 1);
    const warned = phones.world.logged.filter(({ message }) => message === "Reply not spoken");
    assertEquals(warned.length, 1);
    assert.doesNotMatch(JSON.stringify(warned), /secret text|prime/);
  });
}

Deno.test("a busy speech server is asked again, and booked once", async () => {
  await using scene = await open();
  const { speech, phones, ada } = scene;
  speech.speak({ status: 503 });
  await ada.says("", voice());
  await until("the first request", () => speech.asked.length === 1);
  speech.speak({ status: 200 });
  await ada.waitFor(4);
  await idle(phones);
  assertEquals([speech.asked.length, notes(ada.received()).length], [2, 1]);
  assertEquals((await speeches(phones)).length, 1);
});

Deno.test("an unreachable speech server costs nothing, and delays no text", async () => {
  await using phones = await openPhones({
    env: {
      LLM_SPEECH_URL: "http://127.0.0.1:1/v1/audio/speech",
      LLM_SPEECH_MODEL: "kokoro",
      LLM_SPEECH_VOICE: "af_heart",
    },
  });
  const ada = phones.twilio.phone(ADA);
  await ada.says("", voice());
  await ada.waitFor(3);
  await idle(phones);
  assertEquals([notes(ada.received()).length, (await speeches(phones)).length], [0, 0]);
});

Deno.test("a slow speech server delays neither the text nor the next reply", async () => {
  await using scene = await open();
  const { speech, ada } = scene;
  speech.speak({ slow: 60_000 });
  await ada.says("", voice());
  await ada.waitFor(3);
  await until("the request", () => speech.asked.length === 1);
  const began = performance.now();
  await ada.says("And what is a square?");
  await ada.waitFor(4, 5_000);
  assert.ok(performance.now() - began < 5_000);
});

Deno.test("STOP while a reply is spoken: no voice note comes, also not after START", async () => {
  await using scene = await open();
  const { speech, phones, ada } = scene;
  speech.speak({ slow: 700 });
  await ada.says("", voice());
  await ada.waitFor(3);
  await until("the request", () => speech.asked.length === 1);
  await ada.says("STOP");
  await ada.waitFor(4);
  await ada.says("START");
  await ada.waitFor(5);
  await idle(phones);
  assertEquals(notes(ada.received()).length, 0);
  assertEquals((await speeches(phones)).length, 1, "What was asked for is booked");
});

Deno.test("STOP between a voice note and its delivery drops it", async () => {
  await using scene = await open();
  const { phones, ada } = scene;
  const { twilio, world: { deps: { store } } } = phones;
  twilio.fault(ADA, FAULTS.accept, FAULTS.accept, FAULTS.accept, FAULTS.unavailable);
  await ada.says("", voice());
  await until("the voice note waits", async () => {
    const rows = await store.phones.outbox(ADA, 100, 100);
    return rows.some(({ message }) => message.voice && message.tries > 0);
  });
  await ada.says("STOP");
  await ada.waitFor(4);
  await idle(phones);
  assertEquals([ada.texts().at(-1), notes(ada.received()).length], [SAID.optedOut, 0]);
});

Deno.test("deleting one's data deletes voice notes, at once", async () => {
  await using scene = await open();
  const { phones, ada } = scene;
  await ada.says("", voice());
  const [note] = notes(await ada.waitFor(4));
  await idle(phones);
  await ada.says("delete my data");
  await ada.waitFor(5);
  await ada.says("yes");
  await ada.waitFor(6);
  await idle(phones);
  const answer = await fetched(phones, note);
  assertEquals([answer.status, await answer.text()], [404, ""]);
});

Deno.test("a conversation that is deleted while its voice note is stored leaves none of it", async () => {
  await using scene = await open();
  const { phones, ada } = scene;
  const { services, deps: { store } } = phones.world;
  const { media } = store;
  const keep = media.keep.bind(media);
  let deleted: boolean | null = null;
  media.keep = async (conversation, visitor, ...file) => {
    const kept = await keep(conversation, visitor, ...file);
    const [, spoken] = /^voice:(.*)$/.exec(conversation) ?? [];
    if (spoken) {
      const found = await store.conversations.ofVisitor(visitor, 10);
      const tool = found.find((each) => each.conversation === spoken)?.tool ?? "";
      deleted = await services.history.remove(visitor, tool, spoken);
      // Stored after the deletion had listed what to delete.
      await keep(conversation, visitor, ...file);
    }
    return kept;
  };
  await ada.says("", voice());
  await ada.waitFor(3);
  await until("the deletion", () => deleted !== null);
  await idle(phones);
  assertEquals([deleted, notes(ada.received()).length], [true, 0]);
  for (const family of ["speech", "voice_note", "media", "media_of", "media_piece"]) {
    assertEquals(await store.kv.stored({ prefix: [family] }, 10), [], family);
  }
  assertEquals((await speeches(phones)).length, 1, "It is paid for");
});

Deno.test("a long reply is spoken up to the end of a sentence, and a line says where", async () => {
  const reply = "# Ruth\n\n" + "Naomi had a kinsman, a man of *standing*. ".repeat(90);
  await using model = startAnsweringModel(() => reply);
  await using scene = await open({ env: model.env });
  const { speech, phones, ada } = scene;
  await ada.says("voice always");
  await ada.waitFor(1);
  await ada.says("Tell me of Ruth");
  await until("the voice note", () => notes(ada.received()).length === 1);
  await idle(phones);
  const input = String(speech.asked[0]?.body.input);
  assert.ok(input.length <= 2_000 && input.length > 1_900, `${input.length}`);
  assert.match(input, /^Ruth\.\nNaomi.*a man of standing\.$/s);
  const all = ada.received();
  assertEquals(all.at(-2)?.body, SAID.voiceCut("a kinsman, a man of standing."));
  assertEquals(all.filter(({ body }) => body.startsWith("🔊")).length, 1);
});

Deno.test("another company's server speaks once it has a price, and is held and booked by it", async () => {
  const speech = startSpeechServer();
  const { port } = new URL(speech.url);
  // A public name, reached through a proxy: the simulated server itself.
  await using phones = await openPhones({
    env: {
      ...speech.env(),
      LLM_SPEECH_URL: "http://speech.example/v1",
      LLM_SPEECH_KEY: "sk-speech",
      HTTP_PROXY: `http://127.0.0.1:${port}`,
      NO_PROXY: "127.0.0.1",
    },
  });
  await using _ = speech;
  const ada = phones.twilio.phone(ADA);
  const { customPrices } = phones.world.deps.store;
  await ada.says("", voice());
  await ada.waitFor(3);
  await idle(phones);
  assertEquals([speech.asked.length, ada.received().length], [0, 3]);
  const before = await phones.world.services.whatsappAdmin.overview();
  assertEquals(before.speech, { model: "kokoro", own: false, price: null, endsOn: null });
  const usd = NANO_PER_USD / 50n;
  await customPrices.set("speech", "kokoro", { from: 0, tokens: null, unit: usd });
  await customPrices.refresh(Date.now());
  await ada.says("", voice());
  await ada.waitFor(6);
  await idle(phones);
  const [asked] = speech.asked;
  assertEquals(asked?.authorization, "Bearer sk-speech");
  const characters = BigInt([...String(asked?.body.input)].length);
  assertEquals(await speeches(phones), [[(characters * usd + 999n) / 1000n, "kokoro"]]);
});

Deno.test("without room for the voice note's message nothing is spoken", async () => {
  await using scene = await open();
  const { speech, phones, ada } = scene;
  const { store } = phones.world.deps;
  await ada.says("voice always");
  await ada.waitFor(1);
  await idle(phones);
  phones.twilio.fault(ADA, { kind: "slow", ms: 1_500 });
  await ada.says("What is a prime?");
  await until("the text on its way", () => phones.twilio.sends === 2);
  const tool = await store.tools.get(TUTOR);
  assert.ok(tool);
  const spent = (await entries(phones)).filter((entry) => entry.tool === TUTOR)
    .reduce((sum, { usd }) => sum + usd, 0n);
  await store.tools.put({ ...tool, ceiling: spent + 1n });
  await ada.waitFor(2);
  await idle(phones);
  assertEquals([speech.asked.length, notes(ada.received()).length], [0, 0]);
});
