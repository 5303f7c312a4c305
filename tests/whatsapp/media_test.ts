import { SOUND_BYTES_IN_MEMORY } from "@/lib/media/uploads/uploads.ts";
import { MAX_VOICE_BYTES } from "@/lib/whatsapp/inbox/media.ts";
import { texts } from "@/lib/locales/whatsapp/texts.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { SAMPLES } from "@/tests/support/media_samples.ts";
import { openPhones, type PhoneWorld, TUTOR } from "@/tests/support/phones.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { voiceNote } from "@/tests/support/voice_note.ts";
import { until } from "@/tests/support/wait.ts";

const ADA = "+41791234567";
const SAID = texts("en");
/** Nano-dollars of a message in or out, and of a reply of 100 and 5 tokens of gpt-6-luna. */
const MESSAGE = 5_000_000n;
const REPLY = 12_500n;

const keysFor = (url: string) => ({ OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: url });
const voice = () => ({ media: [{ bytes: voiceNote(2.9), type: "audio/ogg; codecs=opus" }] });

async function idle({ world }: PhoneWorld): Promise<void> {
  await until("all work done", async () => (await world.deps.store.phones.work()).length === 0);
}

async function hasSpent({ world }: PhoneWorld, usd: bigint): Promise<boolean> {
  const { store, calendar, clock } = world.deps;
  const [day] = await store.ledger.days("organisation", "all", [calendar.dayOf(clock())]);
  return day?.spent === usd && day.held === 0n;
}

async function spent({ world }: PhoneWorld): Promise<bigint> {
  const { store, calendar, clock } = world.deps;
  assertEquals((await checkLedger(store)).difference, null);
  const [day] = await store.ledger.days("organisation", "all", [calendar.dayOf(clock())]);
  assert.ok(day);
  assertEquals([day.held, day.holds], [0n, 0]);
  return day.spent;
}

Deno.test("a voice note is echoed, then answered; transcribed and paid once for any number of deliveries", async () => {
  await using openai = startOpenAiSenses();
  openai.hear({ text: "What is a prime?" });
  await using phones = await openPhones({ env: keysFor(openai.url) });
  const ada = phones.twilio.phone(ADA);
  await ada.says("", { ...voice(), deliveries: 3 });
  await ada.waitFor(3);
  await idle(phones);
  const [welcome, ...rest] = ada.texts();
  assert.match(welcome ?? "", /You are talking to an AI/);
  assertEquals(rest, [SAID.voiceHeard("What is a prime?"), "I see."]);
  assertEquals([openai.heard.length, openai.asked.length], [1, 1]);
  assert.match(JSON.stringify(openai.asked[0]), /"content":"What is a prime\?"/);
  // One message in, three out, three seconds transcribed, one reply.
  assertEquals(await spent(phones), 4n * MESSAGE + 225_000n + REPLY);
});

Deno.test("a voice note is kept with its question only where the tool keeps recordings, which is said", async () => {
  await using openai = startOpenAiSenses();
  openai.hear({ text: "What is a prime?" });
  await using phones = await openPhones({ env: keysFor(openai.url) });
  const { store } = phones.world.deps;
  const ada = phones.twilio.phone(ADA);
  const kept = async () => {
    const phone = await store.phones.get(ADA);
    const head = await store.conversations.head(phone?.own ?? "", TUTOR);
    assert.ok(head);
    const rows = await store.conversations.latest(head, head.next, 9);
    return rows.flatMap(({ message }) => message.recordings ?? []);
  };
  await ada.says("", voice());
  await ada.waitFor(3);
  await idle(phones);
  assertEquals([await kept(), ada.texts()[1]], [[], SAID.voiceHeard("What is a prime?")]);
  const tool = await store.tools.get(TUTOR);
  assert.ok(tool);
  await store.tools.put({ ...tool, keepsRecordings: true });
  await store.tools.snapshot();
  await ada.says("", voice());
  await ada.waitFor(5);
  await idle(phones);
  const [recording] = await kept();
  assert.ok(recording);
  assertEquals([recording.type, Math.round(recording.seconds)], ["audio/ogg", 3]);
  assertEquals((await store.media.file(recording.id))?.bytes, voiceNote(2.9));
  const said = `${SAID.voiceHeard("What is a prime?")}\n${SAID.recordingKept}`;
  assertEquals(ada.texts().slice(-2), [said, "I see."]);
});

Deno.test("a voice note goes to a model that hears it, written down or not; a model that takes no Ogg gets its text", async () => {
  await using openai = startOpenAiSenses();
  await using own = startOpenAiSenses();
  openai.hear({ text: "What is a prime?" });
  await using phones = await openPhones({
    env: {
      ...keysFor(openai.url),
      LLM_COMPATIBLE: `mine=${own.url}`,
      LLM_AUDIO_MINE: "wav, ogg",
    },
  });
  const { store } = phones.world.deps;
  const ada = phones.twilio.phone(ADA);
  const hears = async (hearingModel: string) => {
    const tool = await store.tools.get(TUTOR);
    assert.ok(tool);
    await store.tools.put({ ...tool, hearingModel });
    await store.tools.snapshot();
  };
  await hears("mine:omni");
  await ada.says("", voice());
  await ada.waitFor(3);
  await idle(phones);
  assertEquals(ada.texts().slice(1), [SAID.voiceHeard("What is a prime?"), "I see."]);
  const sound = `"input_audio":{"data":"${voiceNote(2.9).toBase64()}","format":"ogg"}`;
  assert.ok(JSON.stringify(own.asked[0]).includes(sound));
  assert.match(JSON.stringify(own.asked[0]), /What is a prime\?/);

  openai.hear({ status: 500 });
  await ada.says("", voice());
  await ada.waitFor(5);
  await idle(phones);
  assertEquals(ada.texts().slice(3), [SAID.voiceUnwritten, "I see."]);
  assert.ok(JSON.stringify(own.asked[1]).includes(sound));
  assert.match(JSON.stringify(own.asked[1]), /\(Voice message, 0:02, not written down\)/);

  openai.hear({ status: 200 });
  await hears("gpt-audio-1.5");
  await ada.says("", voice());
  await ada.waitFor(7);
  await idle(phones);
  assertEquals([own.asked.length, openai.asked.length], [2, 1]);
  assert.doesNotMatch(JSON.stringify(openai.asked[0]), /input_audio/);
  assertEquals((await checkLedger(store)).difference, null);
});

Deno.test("a voice note takes room in memory from its fetching to the end of the reply that hears it", async () => {
  await using openai = startOpenAiSenses();
  await using own = startOpenAiSenses();
  await using phones = await openPhones({
    env: { ...keysFor(openai.url), LLM_COMPATIBLE: `mine=${own.url}`, LLM_AUDIO_MINE: "ogg" },
  });
  const { services: { voiceNotes: { room } }, deps: { store } } = phones.world;
  const tool = await store.tools.get(TUTOR);
  assert.ok(tool);
  await store.tools.put({ ...tool, hearingModel: "mine:omni" });
  await store.tools.snapshot();
  const numbers = Array.from({ length: 6 }, (_, i) => `+4179000001${i}`);
  const people = numbers.map((number) => phones.twilio.phone(number));
  own.pace.slow = 3_000;
  let most = 0;
  const watching = setInterval(() => most = Math.max(most, room.held), 5);
  await Promise.all(people.map((person) => person.says("", voice())));
  await until("all questions", () => own.asked.length === people.length);
  const { length } = voiceNote(2.9);
  assert.ok(room.held >= length && room.held % length === 0, `${room.held}: what requests have`);
  await idle(phones);
  clearInterval(watching);
  assertEquals(room.held, 0);
  // Each is fetched into room for the largest.
  assert.ok(most >= MAX_VOICE_BYTES && most <= SOUND_BYTES_IN_MEMORY, String(most));
  assertEquals(people.map((person) => person.texts().at(-1)), people.map(() => "I see."));
});

Deno.test("a picture is sent with its caption, and again with the next question", async () => {
  await using openai = startOpenAiSenses();
  await using phones = await openPhones({ env: keysFor(openai.url) });
  const ada = phones.twilio.phone(ADA);
  await ada.says("What is this?", { media: [{ bytes: SAMPLES.png, type: "image/png" }] });
  await ada.waitFor(2);
  await idle(phones);
  await ada.says("And what is it for?");
  await ada.waitFor(3);
  await idle(phones);
  assertEquals(ada.texts().slice(1), ["I see.", "I see."]);
  for (const body of openai.asked) {
    assert.match(JSON.stringify(body), /"url":"data:image\/png;base64,iVBOR/);
  }
  const { store } = phones.world.deps;
  const phone = await store.phones.get(ADA);
  const head = await store.conversations.head(phone?.own ?? "", TUTOR);
  const question = await store.conversations.message({ conversation: head?.conversation ?? "" }, 0);
  assertEquals([question?.text, question?.pictures?.length], ["What is this?", 1]);
  assertEquals(await spent(phones), 5n * MESSAGE + 2n * REPLY);
});

Deno.test("a picture and a text sent right after it are one question", async () => {
  await using openai = startOpenAiSenses();
  await using phones = await openPhones({
    env: { ...keysFor(openai.url), WHATSAPP_DEBOUNCE_MS: "400" },
  });
  const ada = phones.twilio.phone(ADA);
  await ada.says("", { media: [{ bytes: SAMPLES.jpeg, type: "image/jpeg" }] });
  await ada.says("What does it say?");
  await ada.waitFor(2);
  await idle(phones);
  assertEquals(openai.asked.length, 1);
  assert.match(JSON.stringify(openai.asked[0]), /What does it say\?.{0,60}data:image\/jpeg/);
});

Deno.test("unsupported content is refused politely, without a model", async () => {
  await using openai = startOpenAiSenses();
  await using phones = await openPhones({ env: keysFor(openai.url) });
  const ada = phones.twilio.phone(ADA);
  const { twilio } = phones;
  const sent = [
    [{ bytes: SAMPLES.mp4, type: "video/mp4" }, SAID.mediaRefused],
    [{ bytes: SAMPLES.html, type: "image/png" }, SAID.mediaRefused],
    [{
      url: twilio.keep(SAMPLES.png, "image/png", { endless: 1 << 28 }),
      type: "image/png",
    }, SAID.mediaTooLarge(5)],
    [{
      url: twilio.keep(SAMPLES.png, "image/png", { redirect: "https://evil.example/a" }),
      type: "image/png",
    }, SAID.mediaGone],
    [
      { url: twilio.keep(SAMPLES.png, "image/png", { status: 404 }), type: "image/png" },
      SAID.mediaGone,
    ],
    [{ bytes: SAMPLES.amr, type: "audio/amr" }, SAID.audioNotHeard],
    [{ bytes: voiceNote(601), type: "audio/ogg" }, SAID.voiceTooLong(10)],
  ] as const;
  for (const [i, [attachment]] of sent.entries()) {
    await ada.says("", { media: [attachment] });
    await ada.waitFor(i + 1);
    await idle(phones);
  }
  const [first = "", ...others] = ada.texts();
  assert.ok(first.endsWith(`\n\n${SAID.mediaRefused}`), first);
  assertEquals(others, sent.slice(1).map(([, text]) => text));
  openai.hear({ status: 500 });
  await ada.says("", voice());
  await ada.waitFor(sent.length + 1);
  await idle(phones);
  assertEquals(ada.texts().at(-1), SAID.voiceFailed);
  assertEquals(openai.asked.length, 0);
  assertEquals(await spent(phones), 16n * MESSAGE);
});

Deno.test("a location is asked about with its coordinates, and its name is never a command", async () => {
  await using openai = startOpenAiSenses();
  await using phones = await openPhones({ env: keysFor(openai.url) });
  const ada = phones.twilio.phone(ADA);
  const place = (Label: string) => ({
    fields: { MessageType: "location", Latitude: "-1.2921", Longitude: "36.8219", Label },
  });
  await ada.says("Nairobi", place("Nairobi"));
  await ada.waitFor(2);
  await idle(phones);
  assert.match(JSON.stringify(openai.asked[0]), /"content":"📍 Nairobi \(-1\.2921, 36\.8219\)"/);
  await ada.says("Stop", place("Stop"));
  await ada.waitFor(3);
  await idle(phones);
  assertEquals((await phones.world.deps.store.phones.get(ADA))?.optedOut, false);
  assertEquals(openai.asked.length, 2);
});

Deno.test("a reaction costs nothing, calls no model, and is not answered", async () => {
  await using openai = startOpenAiSenses();
  await using phones = await openPhones({ env: keysFor(openai.url) });
  const ada = phones.twilio.phone(ADA);
  await ada.says("help");
  await ada.waitFor(1);
  await idle(phones);
  const before = await spent(phones);
  const [answer] = await ada.says("👍", {
    fields: { MessageType: "reaction", OriginalRepliedMessageSid: `SM${"0".repeat(32)}` },
  });
  assertEquals(answer?.status, 200);
  await idle(phones);
  assertEquals([openai.asked.length, ada.texts().length], [0, 1]);
  assertEquals(await spent(phones), before);
});

Deno.test("an attachment without an address is not reduced to its caption", async () => {
  await using openai = startOpenAiSenses();
  await using phones = await openPhones({ env: keysFor(openai.url) });
  const ada = phones.twilio.phone(ADA);
  await ada.says("What is this?", { fields: { NumMedia: "1", MessageType: "image" } });
  await ada.waitFor(1);
  await idle(phones);
  assert.ok(ada.texts()[0]?.endsWith(SAID.mediaGone));
  assertEquals(openai.asked.length, 0);
});

Deno.test("a restart before the reply transcribes, pays and echoes once", async () => {
  await using openai = startOpenAiSenses();
  openai.hear({ text: "What is a prime?" });
  openai.pace.slow = 30_000;
  await using files = await scratch();
  const path = files.store;
  await using twilio = await TwilioSimulator.start();
  const env = keysFor(openai.url);
  const ada = twilio.phone(ADA);
  {
    await using _ = await openPhones({ env, path, twilio });
    await ada.says("", voice());
    await until("the turn", () => openai.asked.length === 1);
  }
  openai.pace.slow = 0;
  {
    await using phones = await openPhones({ env, path, twilio });
    await ada.waitFor(3);
    await idle(phones);
    assertEquals(ada.texts().slice(1), [SAID.voiceHeard("What is a prime?"), "I see."]);
    assertEquals([openai.heard.length, openai.asked.length], [1, 2]);
    await spent(phones);
    const entries = (await Array.fromAsync(phones.world.deps.store.ledger.all())).flat();
    const sums = entries.map(({ model, basis, usd }) => [model, basis, usd]);
    // The interrupted turn is booked by its question's length, like any other.
    assertEquals(sums.filter(([, basis]) => basis === "partial").length, 1);
    assertEquals(sums.filter(([model]) => model === "gpt-transcribe"), [
      ["gpt-transcribe", "estimated", 225_000n],
    ]);
    assertEquals(sums.filter(([, basis]) => basis === "reported"), [
      ["gpt-6-luna", "reported", REPLY],
    ]);
    assertEquals(sums.filter(([model]) => model === "whatsapp-message").length, 4);
  }
});

Deno.test("STOP during a transcription: nothing is asked, and only the confirmation is sent", async () => {
  await using openai = startOpenAiSenses();
  openai.hear({ slow: 800 });
  await using phones = await openPhones({ env: keysFor(openai.url) });
  const ada = phones.twilio.phone(ADA);
  await ada.says("", voice());
  await until("the recording", () => openai.heard.length === 1);
  await ada.says("STOP");
  await ada.waitFor(1);
  await idle(phones);
  assertEquals(ada.texts(), [SAID.optedOut]);
  assertEquals(openai.asked.length, 0);
  await until("the transcript", () => hasSpent(phones, 3n * MESSAGE + 225_000n));
  // The transcription is booked: two messages in, one out, three seconds.
  assertEquals(await spent(phones), 3n * MESSAGE + 225_000n);
});

Deno.test("without a key voice and pictures are simulated, and say so", async () => {
  await using phones = await openPhones();
  const ada = phones.twilio.phone(ADA);
  await ada.says("", voice());
  await ada.waitFor(3);
  await idle(phones);
  assert.match(ada.texts()[1] ?? "", /🎤 .*simulated/);
  await ada.says("What is this?", { media: [{ bytes: SAMPLES.png, type: "image/png" }] });
  await until(
    "an answer about it",
    () => ada.texts().some((text) => /Pictures received: 1/.test(text)),
  );
  await idle(phones);
  await spent(phones);
});
