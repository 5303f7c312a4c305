import { speechKeys } from "@/lib/whatsapp/speech/records.ts";
import { fileStore } from "@/tests/money/stores.ts";
import { startSpeechServer } from "@/tests/simulators/speech_server.ts";
import { FAULTS } from "@/tests/simulators/twilio_faults.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ADA, openCrashing } from "@/tests/support/crashing_phones.ts";
import { until } from "@/tests/support/wait.ts";

const PRICE = 20_000_000n;

type Crashing = Awaited<ReturnType<typeof openCrashing>>;

/** The program with a speech server that has a price, and a person who wants voice notes. */
async function open(path: string) {
  const speech = startSpeechServer();
  const crash = await openCrashing(path, { ...speech.env(), LLM_SPEECH_MODEL: "priced" });
  await crash.store.customPrices.set("speech", "priced", { from: 0, tokens: null, unit: PRICE });
  await crash.kill();
  await crash.start();
  await crash.ada.says("voice always");
  await crash.ada.waitFor(1);
  await crash.idle();
  return {
    speech,
    crash,
    [Symbol.asyncDispose]: async () => {
      await speech[Symbol.asyncDispose]();
      await crash[Symbol.asyncDispose]();
    },
  };
}

const notesOf = ({ ada }: Crashing) =>
  ada.received().filter(({ mediaUrl }) => mediaUrl !== null).length;
const textsOf = ({ ada }: Crashing) =>
  ada.received().filter(({ mediaUrl }) => mediaUrl === null).length;

async function entriesOf({ store }: Crashing) {
  const all = (await Array.fromAsync(store.ledger.all())).flat();
  return all.filter(({ provider }) => provider === "speech");
}

/** One text, at most one voice note, one entry at most for one request; the books are right. */
async function judge(crash: Crashing, asked: number): Promise<void> {
  await crash.idle();
  assertEquals(textsOf(crash), 2);
  assert.ok(notesOf(crash) <= 1, `${notesOf(crash)} voice notes`);
  const entries = await entriesOf(crash);
  assertEquals([entries.length, asked <= 1], [asked, true]);
  for (const { usd } of entries) assert.ok(usd > 0n);
  assertEquals((await crash.store.phones.get(ADA))?.speeches ?? [], []);
}

Deno.test("killed while a reply is spoken: one text, no second request, its worst case booked once", async () => {
  await using file = await fileStore();
  await using scene = await open(file.path);
  const { speech, crash } = scene;
  speech.speak({ slow: 60_000 });
  await crash.ada.says("What is a prime?");
  await until("the request", () => speech.asked.length === 1);
  await crash.kill();
  await crash.start();
  await until("the booking", async () => (await entriesOf(crash)).length === 1, 30_000);
  const characters = BigInt([...String(speech.asked[0]?.body.input)].length);
  assertEquals((await entriesOf(crash))[0]?.usd, (characters * PRICE + 999n) / 1000n);
  // Time for a second request, which must not come.
  await new Promise((done) => setTimeout(done, 3_000));
  assertEquals([speech.asked.length, textsOf(crash), notesOf(crash)], [1, 2, 0]);
});

Deno.test("killed after Twilio took a voice note without an answer: it is found, not sent again", async () => {
  await using file = await fileStore();
  await using scene = await open(file.path);
  const { speech, crash } = scene;
  crash.twilio.fault(ADA, FAULTS.accept, FAULTS.timeoutAfterAcceptance);
  await crash.ada.says("What is a prime?");
  await until("the voice note", () => notesOf(crash) === 1);
  await crash.kill();
  await crash.start();
  await until("it is found", async () => {
    const row = (await crash.rows()).at(-1);
    return row?.voice !== undefined && row.state === "taken";
  }, 30_000);
  await judge(crash, 1);
  assertEquals([notesOf(crash), speech.asked.length, crash.twilio.sends], [1, 1, 3]);
});

Deno.test("killed after the text, before it is spoken: spoken after the restart, once", async () => {
  await using file = await fileStore();
  await using scene = await open(file.path);
  const { speech, crash } = scene;
  crash.twilio.fault(ADA, FAULTS.timeoutAfterAcceptance);
  await crash.ada.says("What is a prime?");
  await crash.ada.waitFor(2);
  await crash.kill();
  await crash.start();
  await crash.ada.waitFor(3, 60_000);
  await judge(crash, 1);
  assertEquals([notesOf(crash), speech.asked.length], [1, 1]);
});

Deno.test("killed some ms after the speech server's answer: one text, at most one voice note, one entry", async () => {
  for (const ms of [0, 8, 25]) {
    await using file = await fileStore();
    await using scene = await open(file.path);
    const { speech, crash } = scene;
    await crash.ada.says("What is a prime?");
    await until("the request", () => speech.asked.length === 1);
    await new Promise((done) => setTimeout(done, ms));
    await crash.kill();
    await crash.start();
    await until("a booking", async () => (await entriesOf(crash)).length > 0, 30_000);
    const [left] = (await crash.store.phones.get(ADA))?.speeches ?? [];
    const key = speechKeys.speech(left?.conversation ?? "", left?.turn ?? "");
    if ((await crash.store.kv.get(key)).value?.state.kind === "asked") {
      // Given up after three minutes; nothing is asked again meanwhile.
      assertEquals([textsOf(crash), notesOf(crash), (await entriesOf(crash)).length], [2, 0, 1]);
    } else await judge(crash, 1);
    assertEquals(speech.asked.length, 1);
  }
});
