import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { chatKeys } from "@/lib/chat/records.ts";
import { meteringKeys } from "@/lib/metering/records.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { openPhones, type PhoneWorld, TUTOR } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

Deno.test("one phone uses at most its share of a tool's day, is told once, and others are answered", async () => {
  await using phones = await openPhones({ env: { PERSON_SHARE_PERCENT: "10" } });
  const { world, twilio } = phones;
  const { store, calendar, clock } = world.deps;
  const tool = await store.tools.get(TUTOR);
  assert.ok(tool);
  const ceiling = 500_000_000n;
  await store.tools.put({ ...tool, ceiling });
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  const stranger = twilio.phone("+41791234567");
  for (let i = 0; i < 24; i++) {
    await stranger.says(`What is the number ${i} in words?`);
    await idle();
  }
  const told = stranger.texts().filter((text) =>
    /your share of today\. I can answer you again from/.test(text)
  );
  assertEquals(told.length, 1);
  const [total] = await store.ledger.days("tool", TUTOR, [calendar.dayOf(clock())]);
  // A tenth, and the messages of the last reply and of the notice.
  const most = ceiling / 10n + 3n * 5_000_000n;
  assert.ok(total && total.spent <= most, `${total?.spent} of ${most}`);
  assertEquals(total?.held, 0n);
  const ada = twilio.phone("+41790000001");
  await ada.says("What is a fraction?");
  await ada.waitFor(2);
});

/** A new browser, as a program that keeps its cookie. */
function newBrowser({ site }: PhoneWorld) {
  let cookie = "";
  return async (path: string, fields: Record<string, unknown>) => {
    const headers = new Headers({
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
      cookie,
    });
    const init = { method: "POST", headers, body: JSON.stringify({ toolId: TOOL, ...fields }) };
    const answer = await site.fetch(path, init);
    cookie = answer.headers.getSetCookie()[0]?.split(";", 1)[0] ?? cookie;
    return { status: answer.status, text: await answer.text() };
  };
}

const LONG = "[[mock:tokens=600]] ".padEnd(2_000, "Tell me all of it. ");

Deno.test("one phone, linked with ever new browsers, has one share of the day", async () => {
  const env = {
    PERSON_SHARE_PERCENT: "10",
    ADDRESS_SHARE_PERCENT: "20",
    ORGANISATION_CEILING_USD: "0.50",
    RATE_LIMIT_LINKING_PER_5MIN: "100",
    RATE_LIMIT_CHAT_PER_MINUTE: "1000",
  };
  await using phones = await openPhones({ env });
  const { store, calendar, clock } = phones.world.deps;
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  const ada = phones.twilio.phone("+41791234567");
  await ada.says("What is a prime?");
  await idle();
  const link = async () => {
    const post = newBrowser(phones);
    const { text } = await post("/api/link", {});
    const { code }: { code: string } = JSON.parse(text);
    await ada.says(`LINK ${code}`);
    await idle();
    return post;
  };
  const used = async (post: ReturnType<typeof newBrowser>) => {
    for (let replies = 0;; replies++) {
      const { status, text } = await post("/api/chat", { message: LONG });
      if (status === 200) continue;
      assertEquals([status, /over-share/.test(text)], [429, true], text);
      return replies;
    }
  };
  const spent = async () => {
    const [total] = await store.ledger.days("organisation", "all", [calendar.dayOf(clock())]);
    return total?.spent ?? 0n;
  };
  assert.ok(await used(await link()) > 0);
  const first = await spent();
  for (let i = 0; i < 3; i++) assertEquals(await used(await link()), 0, `Browser ${i}`);
  // A code costs a message in and one out, and nothing else was sent.
  assertEquals(await spent() - first, 3n * 2n * 5_000_000n);

  // Unlinking gives the phone no second share.
  await ada.says("UNLINK");
  await ada.says("YES");
  await ada.says("What is a number?");
  await idle();
  assert.match(ada.texts().at(-1) ?? "", /your share of today/);
});

Deno.test("one phone that sends only commands closes nothing for others, and is not answered beyond its share", async () => {
  await using phones = await openPhones({
    env: { PERSON_SHARE_PERCENT: "10", ORGANISATION_CEILING_USD: "0.50" },
  });
  const { twilio, world: { deps: { store, calendar, clock } } } = phones;
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  const stranger = twilio.phone("+41791234567");
  for (let i = 0; i < 120; i++) await stranger.says(["HELP", "COST", "MENU"][i % 3] ?? "");
  await idle();
  const answers = stranger.texts();
  assertEquals(answers.filter((text) => /your share of today/.test(text)).length, 1);
  assert.ok(answers.length <= 20, `${answers.length} answers`);
  const [total] = await store.ledger.days("organisation", "all", [calendar.dayOf(clock())]);
  assert.ok(total);
  // All of it is booked, and a tenth plus a few messages counts in the ceiling.
  assertEquals(total.spent, BigInt(120 + answers.length) * 5_000_000n);
  assert.ok(total.spent - total.apart <= 50_000_000n + 12n * 5_000_000n, `${total.apart}`);
  assertEquals((await checkLedger(store)).difference, null);
  const ada = twilio.phone("+41790000001");
  await ada.says("What is a fraction?");
  await ada.waitFor(2);
  assert.match(ada.texts().at(-1) ?? "", /What is a fraction/);

  await stranger.says("STOP");
  await idle();
  assertEquals(stranger.texts().length, answers.length + 1, "STOP is confirmed all the same");
});

Deno.test("a reply that STOP kept from being sent costs its share only the tokens written", async () => {
  await using phones = await openPhones({
    env: { PERSON_SHARE_PERCENT: "10", MOCK_PACE_MS: "20" },
  });
  const { twilio, world: { deps: { store } } } = phones;
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  const ada = twilio.phone("+41790000001");
  await ada.says("HELP");
  await idle();
  const phone = await store.phones.get(ada.number);
  assert.ok(phone);
  const share = async () => (await store.kv.get(meteringKeys.personShare(phone.own))).value?.all;
  await ada.says("[[mock:tokens=100]] long");
  await until("the reply's first words", async () => {
    const head = await store.conversations.head(phone.own, TUTOR);
    return (await store.kv.get(chatKeys.progress(head?.running?.turn ?? ""))).value;
  });
  const before = (await share())?.spent ?? 0n;
  await ada.says("STOP");
  await idle();
  await until("the reply to be settled", async () => (await share())?.held === 0n);
  const after = (await share())?.spent ?? 0n;
  // STOP was a message in, and the generated tokens are paid for.
  assert.ok(after - before >= 5_000_000n, `${after - before}`);
  assert.ok(after - before < 2n * 5_000_000n, `${after - before}`);
});
