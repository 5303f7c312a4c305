import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { newSid } from "@/tests/simulators/twilio_phone.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, type PhoneWorld, TUTOR } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

const ADA = "+41791234567";

async function idle({ world }: PhoneWorld): Promise<void> {
  await until("all work done", async () => (await world.deps.store.phones.work()).length === 0);
}

async function booksAreRight({ world }: PhoneWorld): Promise<void> {
  assertEquals((await checkLedger(world.deps.store)).difference, null);
}

Deno.test("a question is answered once, after a greeting, and acknowledged with an empty TwiML", async () => {
  await using phones = await openPhones();
  const ada = phones.twilio.phone(ADA);
  const [answer] = await ada.says("What is a fraction?");
  assertEquals(answer?.status, 200);
  assertEquals(answer?.contentType, "text/xml");
  assertEquals(answer?.body, "<Response/>");
  const received = await ada.waitFor(2);
  await idle(phones);
  assert.match(received[0]?.body ?? "", /You are talking to an AI/);
  assertEquals(ada.texts().length, 2);
  await booksAreRight(phones);
});

Deno.test("simultaneous deliveries are one message", async () => {
  await using phones = await openPhones();
  const ada = phones.twilio.phone(ADA);
  const answers = await ada.says("Hello there, what is a prime?", { deliveries: 5 });
  assertEquals(answers.map(({ status }) => status), [200, 200, 200, 200, 200]);
  await ada.waitFor(2);
  await idle(phones);
  assertEquals(ada.texts().length, 2);
  await booksAreRight(phones);
});

Deno.test("five quick messages are one turn and one reply, in order", async () => {
  await using phones = await openPhones({ env: { WHATSAPP_DEBOUNCE_MS: "300" } });
  const ada = phones.twilio.phone(ADA);
  const said = ["one thing", "another thing", "a third thing", "one more", "that is all"];
  for (const text of said) await ada.says(text);
  await ada.waitFor(2);
  await idle(phones);
  assertEquals(ada.texts().length, 2);
  const { world } = phones;
  const phone = await world.deps.store.phones.get(ADA);
  const head = await world.deps.store.conversations.head(phone?.own ?? "", TUTOR);
  assertEquals(head?.turns, 1);
  const question = await world.deps.store.conversations.message({
    conversation: head?.conversation ?? "",
  }, 0);
  assertEquals(question?.text, said.join("\n"));
  await booksAreRight(phones);
});

Deno.test("WhatsApp messages are paid for apart from replies, and are no replies themselves", async () => {
  await using phones = await openPhones();
  const ada = phones.twilio.phone(ADA);
  await ada.says("What is a fraction?");
  await ada.waitFor(2);
  await idle(phones);
  const { services } = phones.world;
  const { today, byHour } = await services.dashboard();
  // One came in, the greeting and the reply went out, each for half a cent; the reply cost a little
  // too.
  const { ownCosts, entries } = await paid(phones);
  assertEquals([entries, ownCosts], [4, 3 * 5_000_000]);
  assert.ok(today.spent > 15_000_000n && today.spent < 20_000_000n, `${today.spent}`);
  assertEquals(today.messages, 1);
  assertEquals(byHour.reduce((sum, { messages }) => sum + messages, 0), 1);
  assertEquals((await services.costSummary(TUTOR)).messageCount, 1);
  await booksAreRight(phones);
});

async function paid({ world }: PhoneWorld) {
  const entries = (await Array.fromAsync(world.deps.store.ledger.all())).flat();
  const own = entries.filter(({ provider }) => provider === "twilio");
  return { entries: entries.length, ownCosts: own.reduce((sum, { usd }) => sum + Number(usd), 0) };
}

Deno.test("a long reply comes in parts, in order", async () => {
  await using phones = await openPhones();
  const ada = phones.twilio.phone(ADA);
  await ada.says("[[mock:tokens=900]] long");
  await until(
    "all parts",
    async () =>
      ada.texts().length > 2 && (await phones.world.deps.store.phones.work()).length === 0,
  );
  const phone = await phones.world.deps.store.phones.get(ADA);
  const rows = await phones.world.deps.store.phones.outbox(ADA, 100, 100);
  assertEquals(ada.texts(), rows.map(({ message }) => message.body));
  assertEquals(phone?.sent, rows.length);
  assert.ok(ada.texts().every((text) => text.length <= 1_600));
  await booksAreRight(phones);
});

Deno.test("commands are answered without a model, one by one, in order", async () => {
  await using phones = await openPhones({ tools: [TUTOR, "creative-writing"] });
  const ada = phones.twilio.phone(ADA);
  for (const text of ["menu", "help", "cost"]) await ada.says(text);
  await ada.waitFor(3);
  await ada.says("2");
  await ada.waitFor(4);
  await idle(phones);
  const [menu, help, cost, picked] = ada.texts();
  assert.match(menu ?? "", /You are talking to an AI[^]*What can I help with/);
  assert.match(help ?? "", /No tool is chosen/);
  assert.match(cost ?? "", /This conversation: /);
  assert.match(picked ?? "", /Go ahead/);
  const totals = await phones.world.deps.store.ledger.between("2000-01-01", "2100-01-01");
  const models = totals.filter(({ scope }) => scope === "model").map(({ name }) => name);
  assertEquals(models, ["whatsapp-message"]);
  await booksAreRight(phones);
});

Deno.test("a forged request gets 403 and changes nothing; the Netlify version's address is served too", async () => {
  await using phones = await openPhones();
  const { twilio, world } = phones;
  const forged = await fetch(`${phones.url}/api/whatsapp`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": "x" },
    body: `MessageSid=${newSid("SM")}&Body=hi`,
  });
  assertEquals(forged.status, 403);
  await forged.body?.cancel();
  assertEquals(await world.deps.store.phones.get(ADA), null);
  const answer = await twilio.webhooks.post(
    "https://helper.example/.netlify/functions/whatsapp",
    Object.entries({
      MessageSid: newSid("SM"),
      AccountSid: twilio.accountSid,
      From: `whatsapp:${ADA}`,
      To: `whatsapp:${twilio.number}`,
      Body: "menu",
      NumMedia: "0",
    }),
  );
  assertEquals([answer.status, answer.body], [200, "<Response/>"]);
  await twilio.phone(ADA).waitFor(1);
  await idle(phones);
});

Deno.test("messages without text are politely refused", async () => {
  await using phones = await openPhones();
  const ada = phones.twilio.phone(ADA);
  await ada.says("", { media: [{ bytes: new Uint8Array([1, 2]), type: "application/pdf" }] });
  const [answer] = await ada.waitFor(1);
  assert.match(answer?.body ?? "", /nothing else/);
  await idle(phones);
});

Deno.test("status callbacks keep the furthest state, in any order", async () => {
  await using phones = await openPhones();
  const { twilio, world } = phones;
  const ada = twilio.phone(ADA);
  await ada.says("help");
  const [message] = await ada.waitFor(1);
  await idle(phones);
  for (const status of ["read", "sent", "delivered", "queued"] as const) {
    const answer = await twilio.report(message?.sid ?? "", status);
    assertEquals(answer?.status, 200);
  }
  const [row] = await world.deps.store.phones.outbox(ADA, 10, 10);
  assertEquals(row?.message.status, "read");
});

Deno.test("EXPORT gives an address that opens one's own data for ten minutes, after a click only", async () => {
  const clock = { ahead: 0 };
  await using phones = await openPhones({ clock: () => Date.now() + clock.ahead });
  const ada = phones.twilio.phone(ADA);
  await ada.says("What is a prime number?");
  await ada.waitFor(2);
  await ada.says("export");
  const received = await ada.waitFor(3);
  const [address = ""] = /https:\S+/.exec(received[2]?.body ?? "") ?? [];
  const path = address.replace("https://helper.example", "");
  const page = await phones.site.fetch(path);
  const html = await page.text();
  assertEquals([page.status, html.includes("prime number")], [200, false]);
  const body = () => new URLSearchParams({ pass: path.split("pass=")[1] ?? "" });
  const file = await phones.site.fetch("/export", { method: "POST", body: body() });
  assert.match(await file.text(), /## You [^]*What is a prime number\?/);
  clock.ahead += 10 * 60_000;
  const late = await phones.site.fetch("/export", { method: "POST", body: body() });
  assertEquals([late.status, (await late.text()).includes("prime number")], [404, false]);
  await idle(phones);
});

Deno.test("DELETE MY DATA, confirmed by YES, deletes conversations and sent messages; NO keeps them", async () => {
  await using phones = await openPhones();
  const { world } = phones;
  const ada = phones.twilio.phone(ADA);
  await ada.says("What is a prime number?");
  await ada.waitFor(2);
  const own = (await world.deps.store.phones.get(ADA))?.own ?? "";
  const kept = () => world.deps.store.conversations.ofVisitor(own, 10);
  for (const [text, count] of [["delete my data", 3], ["no", 4], ["delete my data", 5]] as const) {
    await ada.says(text);
    await ada.waitFor(count);
  }
  assertEquals((await kept()).length, 1);
  await ada.says("Yes");
  const received = await ada.waitFor(6);
  assert.match(received[5]?.body ?? "", /Your data is deleted/);
  await idle(phones);
  assertEquals((await kept()).length, 0);
  const rows = await world.deps.store.phones.outbox(ADA, 100, 100);
  assert.ok(rows.every(({ message }) => !/prime/.test(message.body)));
  await booksAreRight(phones);
});

Deno.test("off without Twilio's keys, and on previews: health says so, the webhook answers 404, simulated phones work", async () => {
  for (const on of [false, true]) {
    await using phones = await openPhones({
      env: on ? { DENO_TIMELINE: "preview/abc" } : { TWILIO_AUTH_TOKEN: "" },
    });
    const { world, twilio } = phones;
    const status = world.services.whatsapp.status();
    assertEquals(status.on, false);
    assert.match(status.reason ?? "", on ? /preview/ : /TWILIO_AUTH_TOKEN/);
    const [answer] = await twilio.phone(ADA).says("help");
    assertEquals(answer?.status, 404);
    const number = "+999100000001";
    await world.services.whatsapp.receive({
      sid: newSid("SM"),
      from: number,
      text: "What is a prime?",
      media: [],
      type: "text",
    });
    await idle(phones);
    const rows = await world.deps.store.phones.outbox(number, 10, 10);
    assertEquals(rows.map(({ message: { kind, state } }) => [kind, state]), [
      ["answer", "taken"],
      ["reply", "taken"],
    ]);
    assertEquals(twilio.sends, 0);
    await booksAreRight(phones);
  }
});

Deno.test("a message that claims to be from a simulated admin phone is refused", async () => {
  await using phones = await openPhones();
  const [answer] = await phones.twilio.phone("+999100000001").says("help");
  assertEquals(answer?.status, 403);
});
