import { texts } from "@/lib/locales/whatsapp/texts.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { FAULTS } from "@/tests/simulators/twilio_faults.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, TUTOR } from "@/tests/support/phones.ts";
import { setReview } from "@/tests/support/asking.ts";
import { until } from "@/tests/support/wait.ts";

const ADA = "+41791234567";
const NOTICE = texts("en").reviewed;

async function open() {
  const phones = await openPhones();
  const { twilio, world } = phones;
  const { store } = world.deps;
  const ada = twilio.phone(ADA);
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  return {
    ...phones,
    ada,
    idle,
    /** Asks; returns the answers. */
    asks: async (text: string) => {
      const before = ada.texts().length;
      await ada.says(text);
      await idle();
      return ada.texts().slice(before);
    },
    /** The questions that reviewers may read. */
    readable: async () => {
      const own = (await store.phones.get(ADA))?.own ?? "";
      const head = await store.conversations.head(own, TUTOR);
      const page = await store.conversations.page(
        { conversation: head?.conversation ?? "" },
        100,
        100,
      );
      return page.messages.filter(({ message }) => message.role === "user")
        .map(({ message }) => message.reviewable === true);
    },
  };
}

Deno.test("people on WhatsApp are told of the review once, before any of their messages is readable", async () => {
  await using all = await open();
  const { asks, readable, world } = all;
  await asks("Before the review");
  await setReview(world, true);
  const [told, reply, ...more] = await asks("What is a prime?");
  assertEquals([told, more], [NOTICE, []]);
  assert.ok(reply);
  assertEquals(await readable(), [false, false]);
  assertEquals((await asks("And a number?")).length, 1);
  assertEquals(await readable(), [false, false, true]);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
});

Deno.test("the notice of the review comes with the greeting, in the person's language", async () => {
  await using all = await open();
  const { asks, readable, world } = all;
  await setReview(world, true);
  await asks("language français");
  const [told = ""] = await asks("Qu'est-ce qu'un nombre premier ?");
  assert.ok(told.includes(texts("fr").reviewed));
  assertEquals(await readable(), [false]);
  await asks("Et un nombre ?");
  assertEquals(await readable(), [false, true]);
});

Deno.test("after a change the notice is sent anew, in the organisation's own words", async () => {
  await using all = await open();
  const { asks, readable, world } = all;
  await setReview(world, true);
  await asks("one");
  await asks("two");
  await setReview(world, false);
  await asks("three");
  await setReview(world, true, "We read along.");
  assertEquals((await asks("four"))[0], "We read along.");
  await asks("five");
  assertEquals(await readable(), [false, true, false, false, true]);
});

Deno.test("a notice that failed or did not arrive is sent again, and nothing is readable before", async () => {
  await using all = await open();
  const { asks, readable, world, twilio, ada, idle } = all;
  await asks("help");
  await setReview(world, true);
  twilio.fault(ADA, FAULTS.badRequest);
  assertEquals((await asks("one")).length, 1);
  twilio.fault(ADA, { kind: "fails", code: 63024 });
  await ada.says("two");
  await until("the report", async () => {
    const rows = await world.deps.store.phones.outbox(ADA, 100, 100);
    return rows.some(({ message }) => message.code === 63024);
  });
  await idle();
  assertEquals((await asks("three"))[0], NOTICE);
  await asks("four");
  assertEquals(await readable(), [false, false, false, true]);
});

Deno.test("a message from before the notice is not readable, even if it is answered later", async () => {
  await using all = await open();
  const { asks, readable, world, twilio, ada, idle } = all;
  await asks("help");
  await setReview(world, true);
  twilio.fault(ADA, { kind: "slow", ms: 500 });
  await ada.says("one");
  await until("the notice is on its way", () => twilio.sends === 2);
  await ada.says("two");
  await idle();
  assertEquals(await readable(), [false, false]);
  await asks("three");
  assertEquals(await readable(), [false, false, true]);
});
