import { texts } from "@/lib/locales/whatsapp/texts.ts";
import { type Language, LANGUAGES } from "@/lib/shared/languages.ts";
import type { SayOptions } from "@/tests/simulators/twilio_phone.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, type PhoneWorld } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";
import corpus from "./stop_corpus.json" with { type: "json" };

const ADA = "+41791234567";
const PICTURE = { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), type: "image/jpeg" };

const idle = ({ world }: PhoneWorld) =>
  until("all work done", async () => (await world.deps.store.phones.work()).length === 0);

const optedOut = async ({ world }: PhoneWorld, number = ADA) =>
  (await world.deps.store.phones.get(number))?.optedOut;

/** The paid model calls, without WhatsApp messages. */
async function modelsPaid({ world }: PhoneWorld): Promise<string[]> {
  const totals = await world.deps.store.ledger.between("2000-01-01", "2100-01-01");
  return totals.filter(({ scope, name }) => scope === "model" && name !== "whatsapp-message")
    .map(({ name }) => name);
}

/** A sample spread evenly over a list. */
function some<T>(list: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, at) => list[Math.floor(at * list.length / count)])
    .flatMap((each) => each === undefined ? [] : [each]);
}

/** Sends each message from a phone of its own, in the given language. */
async function say(
  phones: PhoneWorld,
  language: Language,
  messages: readonly string[],
): Promise<string[]> {
  const at = LANGUAGES.indexOf(language);
  return await Promise.all(messages.map(async (text, index) => {
    const number = `+4179${at}0000${String(index).padStart(2, "0")}`;
    const phone = phones.twilio.phone(number);
    await phone.says(`language ${language}`);
    await phone.waitFor(1);
    await phone.says(text);
    return number;
  }));
}

Deno.test("STOP in eight languages, as people write it, opts out without a model and says how to return", async () => {
  await using phones = await openPhones();
  for (const language of LANGUAGES) {
    const messages = some(corpus[language].stop, 8);
    const numbers = await say(phones, language, messages);
    await idle(phones);
    for (const [at, number] of numbers.entries()) {
      assertEquals(await optedOut(phones, number), true, messages[at]);
      const goodbye = phones.twilio.phone(number).texts().at(-1) ?? "";
      assertEquals(goodbye, texts(language).optedOut);
      assert.match(goodbye, /START/);
    }
  }
  assertEquals(await modelsPaid(phones), []);
});

Deno.test("ordinary messages in eight languages opt nobody out", async () => {
  await using phones = await openPhones();
  for (const language of LANGUAGES) {
    const messages = some(corpus[language].ordinary, 6);
    const numbers = await say(phones, language, messages);
    await idle(phones);
    for (const [at, number] of numbers.entries()) {
      assertEquals(await optedOut(phones, number), false, messages[at]);
    }
  }
});

Deno.test("acha, baja, alto, sair and बंद go to the tool in languages where they do not mean STOP", async () => {
  await using phones = await openPhones();
  const ada = phones.twilio.phone(ADA);
  for (const text of ["acha", "baja", "alto", "sair", "बंद"]) {
    await ada.says(text);
    await idle(phones);
    assertEquals(await optedOut(phones), false, text);
  }
  assert.notDeepEqual(await modelsPaid(phones), []);
});

const BY_TWILIO: [name: string, text: string, options: SayOptions][] = [
  ["STOP under a picture", "Stop please 🙏", { media: [PICTURE] }],
  ["OptOutType=STOP whatever was written", "genug jetzt", { fields: { OptOutType: "STOP" } }],
  ["OptOutType=STOP with a picture", "", { media: [PICTURE], fields: { OptOutType: "STOP" } }],
];
for (const [name, text, options] of BY_TWILIO) {
  Deno.test(`${name}: opts out without a model; START with a courtesy opts in`, async () => {
    await using phones = await openPhones();
    const ada = phones.twilio.phone(ADA);
    await ada.says(text, options);
    await ada.waitFor(1);
    await idle(phones);
    assertEquals(await optedOut(phones), true);
    assert.match(ada.texts()[0] ?? "", /START/);
    await ada.says("What is this?", { media: [PICTURE] });
    await idle(phones);
    assertEquals(ada.texts().length, 1);
    await ada.says("START 🙏", { media: [PICTURE] });
    await ada.waitFor(2);
    assertEquals(await optedOut(phones), false);
    assertEquals(await modelsPaid(phones), []);
  });
}

Deno.test("OptOutType=START opts in again, whatever the text", async () => {
  await using phones = await openPhones();
  const ada = phones.twilio.phone(ADA);
  await ada.says("STOP");
  await ada.waitFor(1);
  await ada.says("los", { fields: { OptOutType: "START" } });
  await ada.waitFor(2);
  await idle(phones);
  assertEquals(await optedOut(phones), false);
  assertEquals(await modelsPaid(phones), []);
});

Deno.test("a word that means STOP only since the language was changed is confirmed as well", async () => {
  await using phones = await openPhones({ env: { MOCK_PACE_MS: "10" } });
  const ada = phones.twilio.phone(ADA);
  await ada.says("[[mock:tokens=60]] long");
  // Both come during a reply: neither is answered yet, and the language is still English.
  await ada.says("language es");
  await ada.says("baja");
  assertEquals(await optedOut(phones), false);
  await idle(phones);
  assertEquals(await optedOut(phones), true);
  assertEquals(ada.texts().at(-1), texts("es").optedOut);
});

Deno.test("YES and NO under a picture and with an emoji answer the open question", async () => {
  await using phones = await openPhones();
  const ada = phones.twilio.phone(ADA);
  await ada.says("delete my data");
  await ada.waitFor(1);
  await ada.says("no thanks", { media: [PICTURE] });
  await ada.waitFor(2);
  assertEquals(ada.texts()[1], texts("en").declined);
  await ada.says("delete my data");
  await ada.waitFor(3);
  await ada.says("Yes – please 🙏");
  await ada.waitFor(4);
  assertEquals(ada.texts()[3], texts("en").deleteDone);
  await idle(phones);
  assertEquals(await modelsPaid(phones), []);
});
