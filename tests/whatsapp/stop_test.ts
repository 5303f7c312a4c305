import { PaidCalls } from "@/lib/metering/calls/paid_calls.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { phoneKeys } from "@/lib/whatsapp/records.ts";
import { FAULTS } from "@/tests/simulators/twilio_faults.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, type PhoneWorld, TUTOR } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

const ADA = "+41791234567";
const WHO = "ada@example.org";
const GOODBYE = /no more messages from us/;

const idle = ({ world }: PhoneWorld) =>
  until("all work done", async () => (await world.deps.store.phones.work()).length === 0);

async function booksAreRight({ world }: PhoneWorld): Promise<void> {
  assertEquals((await checkLedger(world.deps.store)).difference, null);
}

/** Links a phone with a web visitor, as the linking does. */
async function link({ world }: PhoneWorld, visitor: string): Promise<void> {
  const { transactions, phones } = world.deps.store;
  const phone = await phones.get(ADA);
  assert.ok(phone);
  await transactions.run([], (tx) => {
    tx.set(phoneKeys.phone(ADA), { ...phone, linked: { visitor, since: 0, mirror: "both" } });
    tx.set(phoneKeys.linked(visitor), ADA);
  });
}

async function onTheWeb({ world }: PhoneWorld, visitor: string, message: string): Promise<void> {
  const { live } = await world.services.chat.startTurn({
    visitor,
    tool: TUTOR,
    request: crypto.randomUUID(),
    channel: "web",
    action: { kind: "send", message },
    rateLimitKey: null,
  });
  await live?.ended(10_000);
}

Deno.test("STOP in the middle of a turn: the turn stops, and only the confirmation is sent", async () => {
  await using phones = await openPhones({ env: { MOCK_PACE_MS: "20" } });
  const ada = phones.twilio.phone(ADA);
  await ada.says("help");
  await ada.waitFor(1);
  await ada.says("[[mock:tokens=400]] long");
  const own = (await phones.world.deps.store.phones.get(ADA))?.own ?? "";
  const { conversations } = phones.world.deps.store;
  await until("the turn", async () => (await conversations.head(own, TUTOR))?.running);
  await ada.says("stop");
  await until("the end", async () => (await conversations.head(own, TUTOR))?.running === null);
  await idle(phones);
  const texts = ada.texts();
  assert.match(texts.at(-1) ?? "", GOODBYE);
  // The greeting may have been on its way.
  assert.ok(texts.length <= 3 && !texts.some((text) => /simulated reply/.test(text)));
  await booksAreRight(phones);
});

Deno.test("STOP while parts wait: they are dropped and not paid for, also after START", async () => {
  await using phones = await openPhones();
  const ada = phones.twilio.phone(ADA);
  await ada.says("help");
  await ada.waitFor(1);
  phones.twilio.fault(ADA, { kind: "slow", ms: 300 });
  await ada.says("[[mock:tokens=1500]] long");
  const { phones: store } = phones.world.deps.store;
  await until("parts", async () => {
    const phone = await store.get(ADA);
    return phone && phone.next - phone.sent > 2;
  });
  await ada.says("STOP");
  await ada.says("START");
  await idle(phones);
  const rows = (await store.outbox(ADA, 100, 100)).map(({ message }) => message);
  const dropped = rows.filter(({ state }) => state === "dropped");
  assert.ok(dropped.length > 1 && dropped.every(({ why, entry }) => why === "optedOut" && !entry));
  const texts = ada.texts();
  const goodbye = texts.findIndex((text) => GOODBYE.test(text));
  assertEquals(texts.length, goodbye + 2);
  assert.match(texts.at(-1) ?? "", /Welcome back/);
  await booksAreRight(phones);
});

Deno.test("STOP holds for answers, mirrors, handoff messages and notices until START", async () => {
  await using phones = await openPhones();
  const { twilio, world } = phones;
  const ada = twilio.phone(ADA);
  await ada.says("help");
  await ada.waitFor(1);
  await link(phones, "visitor-1");
  await onTheWeb(phones, "visitor-1", "What is a prime?");
  await ada.waitFor(3);
  await idle(phones);
  assert.match(ada.texts()[1] ?? "", /You, on the web: What is a prime/);
  await ada.says("Unsubscribe");
  await ada.waitFor(4);
  await idle(phones);
  const sends = twilio.sends;
  const id = await world.services.whatsapp.idOf(ADA) ?? "";
  await onTheWeb(phones, "visitor-1", "And what is a number?");
  await ada.says("Hello? What is this?");
  await ada.says("menu");
  const said = await world.services.whatsapp.say(id, "Dear Ada", WHO);
  assert.ok(said.kind === "refused" && said.silence === "optedOut");
  await world.services.whatsapp.takeOver(id, WHO, 10);
  await world.services.whatsapp.handBack(id, WHO);
  await ada.says("stop");
  await idle(phones);
  assertEquals(twilio.sends, sends);
  assert.match(ada.texts().at(-1) ?? "", GOODBYE);
  await ada.says("start");
  await ada.waitFor(5);
  await ada.says("What is a fraction?");
  await ada.waitFor(6);
  await idle(phones);
  await booksAreRight(phones);
});

Deno.test("STOP before a message with unknown outcome: it is looked up, never sent again", async () => {
  const clock = { ahead: 0 };
  await using phones = await openPhones({ clock: () => Date.now() + clock.ahead });
  const { twilio, world } = phones;
  const ada = twilio.phone(ADA);
  twilio.fault(ADA, FAULTS.serverError);
  await ada.says("help");
  const { phones: store } = world.deps.store;
  const first = async () => (await store.outbox(ADA, 1, 1))[0]?.message;
  await until("doubt", async () => (await first())?.state === "unknown");
  await ada.says("STOP");
  for (const ms of [5_000, 30_000, 60_000]) {
    const before = (await first())?.absences ?? 0;
    clock.ahead += ms;
    world.services.bus.emit("OutboxGrew", { number: ADA });
    await until("a look", async () => (await first())?.absences !== before);
  }
  await idle(phones);
  assertEquals(ada.texts().map((text) => GOODBYE.test(text)), [true]);
  assertEquals((await first())?.state, "unknown");
});

Deno.test("during a handoff the bot is silent, both sides are told, and it continues afterwards", async () => {
  const clock = { ahead: 0 };
  await using phones = await openPhones({ clock: () => Date.now() + clock.ahead });
  const { twilio, world } = phones;
  const ada = twilio.phone(ADA);
  await ada.says("What is a prime?");
  await ada.waitFor(2);
  await idle(phones);
  const { whatsapp } = world.services;
  const id = await whatsapp.idOf(ADA) ?? "";
  await whatsapp.takeOver(id, WHO, 30);
  await ada.waitFor(3);
  await ada.says("Who are you?");
  await until("it is kept", async () => (await world.deps.store.phones.get(ADA))?.answered === 2);
  assertEquals((await whatsapp.say(id, "I am Grace.", WHO)).kind, "waiting");
  await ada.waitFor(4);
  const texts = ada.texts().slice(2);
  assert.match(texts[0] ?? "", /A person answers you/);
  assertEquals(texts[1], "👤 I am Grace.");
  clock.ahead += 31 * 60_000;
  await ada.says("And now?");
  await ada.waitFor(6);
  await idle(phones);
  assert.match(ada.texts()[4] ?? "", /The AI answers you again/);
  const own = (await world.deps.store.phones.get(ADA))?.own ?? "";
  const head = await world.deps.store.conversations.head(own, TUTOR);
  const page = await world.deps.store.conversations.page(
    { conversation: head?.conversation ?? "" },
    100,
    100,
  );
  assertEquals(
    page.messages.map(({ message: { role, text } }) => [role, role === "user" ? text : ""]),
    [
      ["user", "What is a prime?"],
      ["assistant", ""],
      ["user", "Who are you?"],
      ["assistant", ""],
      ["user", "And now?"],
      ["assistant", ""],
    ],
  );
  assertEquals(page.messages[3]?.message.text, "👤 I am Grace.");
  await booksAreRight(phones);
});

Deno.test("a blocked person's messages are ignored and none are sent; unblocked, both work", async () => {
  await using phones = await openPhones();
  const { twilio, world } = phones;
  const ada = twilio.phone(ADA);
  await ada.says("help");
  await ada.waitFor(1);
  await idle(phones);
  const { whatsapp } = world.services;
  const id = await whatsapp.idOf(ADA) ?? "";
  await whatsapp.block(id, WHO);
  await ada.says("help");
  await idle(phones);
  assertEquals(twilio.sends, 1);
  await whatsapp.unblock(id, WHO);
  await ada.says("help");
  await ada.waitFor(2);
  await idle(phones);
});

Deno.test("at the ceiling the person is told once; STOP is confirmed nevertheless", async () => {
  await using phones = await openPhones();
  const { twilio, world } = phones;
  const ada = twilio.phone(ADA);
  const tool = await world.deps.store.tools.get(TUTOR);
  assert.ok(tool);
  await ada.says("What is a prime?");
  await ada.waitFor(2);
  await idle(phones);
  await world.deps.store.tools.put({
    ...tool,
    ceiling: 30_000_000n,
    whatsapp: { enabled: true, scope: "x" },
  });
  await new Promise((done) => setTimeout(done, 1_100));
  for (const text of ["What is a fraction?", "help", "What is a number?"]) {
    await ada.says(text);
    await idle(phones);
  }
  const told = ada.texts().slice(2);
  assertEquals(told.filter((text) => /budget is used up/.test(text)).length, 1);
  await ada.says("STOP");
  await idle(phones);
  assert.match(ada.texts().at(-1) ?? "", GOODBYE);
  await booksAreRight(phones);
});

Deno.test("a command waits for replies under way to give the budget back; nobody is told that it is used up", async () => {
  await using phones = await openPhones();
  const { twilio, world } = phones;
  const ada = twilio.phone(ADA);
  await ada.says("What is a prime?");
  await ada.waitFor(2);
  await idle(phones);
  const before = ada.texts().length;
  const calls = new PaidCalls(world.deps);
  const [total] = await world.deps.store.ledger.days("tool", TUTOR, [
    world.deps.calendar.dayOf(world.deps.clock()),
  ]);
  const tool = await world.deps.store.tools.get(TUTOR);
  const left = (tool?.ceiling ?? 0n) - (total?.spent ?? 0n);
  const call = await calls.hold({
    tool: TUTOR,
    ceiling: tool?.ceiling ?? null,
    channel: "web",
    provider: "mock",
    model: "gpt-4o-mini",
    simulated: true,
    // The incoming message is paid for in any case.
    worst: left - 7_000_000n,
    visitor: null,
  });
  await ada.says("help");
  await new Promise((done) => setTimeout(done, 700));
  assertEquals(ada.texts().length, before);
  await calls.settle(call, null);
  await ada.waitFor(before + 1);
  await idle(phones);
  const told = ada.texts().slice(before);
  assertEquals(told.length, 1);
  assert.ok(!told.some((text) => /budget is used up/.test(text)), told.join("\n"));
  await booksAreRight(phones);
});

Deno.test("a person over the rate limit is told once to wait", async () => {
  await using phones = await openPhones({ env: { RATE_LIMIT_WHATSAPP_PER_MINUTE: "1" } });
  const ada = phones.twilio.phone(ADA);
  for (const text of ["What is a prime?", "What is a number?", "What is a fraction?"]) {
    await ada.says(text);
    await idle(phones);
  }
  assertEquals(ada.texts().filter((text) => /very fast/.test(text)).length, 1);
  assertEquals(ada.texts().length, 3);
});
