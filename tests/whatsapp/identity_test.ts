import { texts } from "@/lib/locales/whatsapp/texts.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { meteringKeys } from "@/lib/metering/records.ts";
import type { Phone } from "@/lib/whatsapp/records.ts";
import { FAULTS } from "@/tests/simulators/twilio_faults.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, type PhoneWorld, TUTOR } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

const NUMBER = "+41791234567";
const ID = "CH.13491208655302741918";
const NEW_ID = "CH.99991208655302749999";
const WHO = "ada@example.org";
const { linkDone } = texts("en");

/** A person who writes from an address, optionally with an alias reported beside it. */
async function open(env: Record<string, string> = {}) {
  const phones = await openPhones({ env: { RATE_LIMIT_LINKING_PER_5MIN: "1000", ...env } });
  const { twilio, world } = phones;
  const { store } = world.deps;
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  const says = async (from: string, alias: string | null, text: string) => {
    const fields = { ExternalUserIdentifier: `whatsapp:${alias ?? from}` };
    const [answer] = await twilio.phone(from).says(text, { fields });
    assertEquals(answer?.status, 200);
  };
  return {
    ...phones,
    store,
    idle,
    says,
    /** Says something and waits for all that follows; the texts that reached each address. */
    talks: async (from: string, alias: string | null, text: string) => {
      const before = twilio.messages.all.length;
      await says(from, alias, text);
      await idle();
      return twilio.messages.all.slice(before).map(({ to, body }) => ({ to, body }));
    },
    phone: async (address: string) => {
      const phone = await store.phones.get(await store.phones.numberAt(address));
      assert.ok(phone, `No person at ${address}`);
      return phone;
    },
    people: () => world.services.whatsappAdmin.people({ filter: "all", digits: "", after: "" }),
  };
}

type World = Awaited<ReturnType<typeof open>>;

/** A person's questions, over all conversations with a tool, the current one last. */
async function asked({ store }: World, { own, linked }: Phone): Promise<string[][]> {
  const visitor = linked?.visitor ?? own;
  const head = await store.conversations.head(visitor, TUTOR);
  const past = (await store.conversations.archived(visitor, TUTOR)).map((each) => each.head);
  return await Promise.all([...past.reverse(), ...(head ? [head] : [])].map(async (each) => {
    const { messages } = await store.conversations.page(each, each.next, 100);
    return messages.filter(({ message }) => message.role === "user")
      .map(({ message }) => message.text);
  }));
}

async function link({ world, talks }: World, visitor: string, from: string): Promise<void> {
  const asker = { visitor, address: "192.0.2.1" };
  const { code } = await world.services.links.issue(asker, TUTOR);
  const said = await talks(from, null, `LINK ${code}`);
  assert.ok(said.some(({ body }) => body.includes(linkDone)));
}

async function booksAreRight({ world }: Pick<PhoneWorld, "world">): Promise<void> {
  assertEquals((await checkLedger(world.deps.store)).difference, null);
}

const BOTH_WAYS = [
  ["the number first, then the id", NUMBER, ID],
  ["the id first, then the number", ID, NUMBER],
] as const;

for (const [name, first, then] of BOTH_WAYS) {
  Deno.test(`one person, ${name}: STOP, history, cost and language carry over, answers go to the address that asked`, async () => {
    await using all = await open();
    const { talks, phone, people } = all;
    await talks(first, then, "language français");
    await talks(first, then, "What is a prime?");
    const before = await phone(first);
    const heard = await talks(then, null, "And a number?");
    assertEquals(heard.map(({ to }) => to), [then]);
    const after = await phone(then);
    assertEquals([after.own, after.language], [before.own, "fr"]);
    assertEquals(await asked(all, after), [["What is a prime?", "And a number?"]]);
    assert.ok(after.spent > before.spent && after.today.usd > before.today.usd);
    await talks(then, null, "STOP");
    assertEquals(await talks(first, then, "Hello?"), []);
    await talks(first, then, "START");
    assertEquals((await phone(then)).optedOut, false);
    const { rows, total } = await people();
    assertEquals([total, rows[0]?.number], [1, "+41 ••• ••• 4567"]);
    await booksAreRight(all);
  });

  Deno.test(`one person, ${name}: the link holds for both`, async () => {
    await using all = await open();
    const { talks, phone } = all;
    await talks(first, then, "help");
    await link(all, "visitor-1", first);
    await talks(then, null, "What is a prime?");
    assertEquals((await phone(then)).linked?.visitor, "visitor-1");
    assertEquals(await asked(all, await phone(then)), [["What is a prime?"]]);
    const { linked } = await all.world.services.links.state("visitor-1");
    assertEquals(linked?.number, NUMBER);
  });
}

Deno.test("a person whose id changes stays one person", async () => {
  await using all = await open();
  const { talks, phone, people } = all;
  await talks(ID, null, "help");
  await talks(NUMBER, ID, "What is a prime?");
  await talks(NUMBER, NEW_ID, "help");
  await talks(NEW_ID, null, "STOP");
  for (const address of [NUMBER, ID]) {
    assertEquals(await talks(address, null, "Hello?"), [], address);
    assertEquals((await phone(address)).optedOut, true);
  }
  assertEquals((await people()).total, 1);
});

Deno.test("two that turn out to be one person are joined: messages, costs and links", async () => {
  await using all = await open();
  const { talks, phone, people, store } = all;
  await talks(NUMBER, null, "What is a prime?");
  await link(all, "visitor-1", ID);
  await talks(ID, null, "help");
  const apart = [await phone(NUMBER), await phone(ID)];
  assertEquals((await people()).total, 2);
  const addresses = (await people()).rows.map(({ id }) => id);
  await talks(NUMBER, ID, "And a number?");
  const one = await phone(NUMBER);
  assertEquals(one.own, (await phone(ID)).own);
  assertEquals(one.linked?.visitor, "visitor-1");
  assertEquals(await store.phones.linkedTo("visitor-1"), await store.phones.numberAt(NUMBER));
  const sum = apart.reduce((total, { spent }) => total + spent, 0n);
  assert.ok(one.spent > sum && one.today.usd === one.spent, `${one.spent} of ${sum}`);
  assertEquals((await people()).total, 1);
  // Both pages of the admin area lead to the same person.
  for (const id of addresses) {
    const { row } = await all.world.services.whatsappAdmin.person(WHO, id);
    assertEquals(row.number, "+41 ••• ••• 4567");
  }
  // The phone's own messages are archived while it is linked.
  await talks(NUMBER, ID, "unlink");
  await talks(NUMBER, ID, "yes");
  assertEquals(await asked(all, await phone(NUMBER)), [["What is a prime?"]]);
  await booksAreRight(all);
});

Deno.test("two that turn out to be one person: both usages count in one share", async () => {
  await using all = await open({ PERSON_SHARE_PERCENT: "10", ORGANISATION_CEILING_USD: "100" });
  const { talks, phone, store } = all;
  await talks(NUMBER, null, "What is a prime?");
  await talks(ID, null, "What is a fraction?");
  const used = async (own: string) => {
    const { transactions } = store;
    return (await transactions.read(meteringKeys.personShare(own)))?.all.spent ?? 0n;
  };
  const { own: one } = await phone(NUMBER), { own: other } = await phone(ID);
  const [first, second] = [await used(one), await used(other)];
  assert.ok(first > 0n && second > 0n);
  await talks(NUMBER, ID, "help");
  const { own } = await phone(ID);
  assert.ok(await used(own) >= first + second);
  assertEquals(await used(own === one ? other : one), 0n);
});

Deno.test("two conversations of one person: the later one continues, the other is archived", async () => {
  await using all = await open();
  const { talks, phone, people, store } = all;
  await talks(NUMBER, null, "What is a prime?");
  await talks(ID, null, "What is a fraction?");
  const gone = (await phone(ID)).own;
  await talks(NUMBER, ID, "And a number?");
  const one = await phone(ID);
  assertEquals(await asked(all, one), [
    ["What is a prime?"],
    ["What is a fraction?", "And a number?"],
  ]);
  assertEquals(await store.conversations.ofVisitor(gone, 10), []);
  assertEquals((await people()).total, 1);
  assertEquals(one.joining, []);
  await booksAreRight(all);
});

for (const [stopped, other] of [[NUMBER, ID], [ID, NUMBER]] as const) {
  Deno.test(`two that turn out to be one person: STOP from ${stopped === ID ? "the id" : "the number"} wins`, async () => {
    await using all = await open();
    const { talks, phone } = all;
    await talks(other, null, "help");
    await talks(stopped, null, "STOP");
    assertEquals(await talks(NUMBER, ID, "What is a prime?"), []);
    assertEquals((await phone(NUMBER)).optedOut, true);
    assertEquals((await phone(ID)).optedOut, true);
    assertEquals((await talks(ID, null, "START")).length, 1);
  });
}

Deno.test("joined during a reply to one of the two: it still arrives, once, and its question is stored", async () => {
  await using all = await open({ MOCK_PACE_MS: "10" });
  const { says, phone, idle, store, twilio } = all;
  await says(NUMBER, null, "help");
  await idle();
  await says(ID, null, "[[mock:tokens=60]] What is a fraction?");
  const { own } = await phone(ID);
  await until("the turn", async () => (await store.conversations.head(own, TUTOR))?.running);
  await says(NUMBER, ID, "help");
  await until("the join", async () => (await phone(ID)).own !== own);
  await idle();
  // The greeting and the reply.
  assertEquals(twilio.messages.to(ID).length, 2);
  assertEquals(await asked(all, await phone(NUMBER)), [
    ["[[mock:tokens=60]] What is a fraction?"],
  ]);
  assertEquals((await store.phones.get(ID)) ?? (await store.phones.get(NUMBER))?.joining, []);
  await booksAreRight(all);
});

Deno.test("STOP during a reply to the other address: nothing more is sent to either", async () => {
  await using all = await open({ MOCK_PACE_MS: "20" });
  const { says, phone, idle, store, twilio } = all;
  await says(NUMBER, null, "help");
  await says(ID, null, "help");
  await idle();
  await says(ID, null, "[[mock:tokens=200]] long");
  const { own } = await phone(ID);
  await until("the turn", async () => (await store.conversations.head(own, TUTOR))?.running);
  await says(NUMBER, ID, "STOP");
  await idle();
  // Help to both, and the confirmation.
  assertEquals(twilio.messages.to(NUMBER).length, 2);
  assertEquals(twilio.messages.to(ID).length, 1);
  await booksAreRight(all);
});

Deno.test("STOP while a third address is being joined to the second: nothing more is sent to any", async () => {
  await using all = await open({ MOCK_PACE_MS: "20" });
  const { says, phone, idle, store, twilio } = all;
  for (const address of [NUMBER, ID, NEW_ID]) await says(address, null, "help");
  await idle();
  await says(NEW_ID, null, "[[mock:tokens=200]] long");
  const { own } = await phone(NEW_ID);
  await until("the turn", async () => (await store.conversations.head(own, TUTOR))?.running);
  await says(ID, NEW_ID, "help");
  await says(NUMBER, ID, "STOP");
  await idle();
  // Help to each; the second's next message was not answered yet.
  assertEquals(twilio.messages.to(NEW_ID).length, 1);
  assertEquals(twilio.messages.to(NUMBER).length, 2);
  const person = await phone(NUMBER);
  assertEquals([person.optedOut, person.joining], [true, []]);
  for (const address of [ID, NEW_ID]) assertEquals((await phone(address)).own, person.own);
  await booksAreRight(all);
});

Deno.test("many concurrent messages of two addresses, in any order, make one person and lose nothing", async () => {
  await using all = await open({ WHATSAPP_DEBOUNCE_MS: "200" });
  const { says, idle, phone, people } = all;
  await Promise.all([
    says(NUMBER, null, "one"),
    says(ID, null, "two"),
    says(NUMBER, ID, "three"),
    says(ID, NUMBER, "four"),
    says(NUMBER, NEW_ID, "five"),
    says(NEW_ID, null, "six"),
  ]);
  await idle();
  assertEquals((await people()).total, 1);
  const said = (await asked(all, await phone(NEW_ID))).flat().join("\n").split("\n").sort();
  assertEquals(said, ["five", "four", "one", "six", "three", "two"]);
  await booksAreRight(all);
});

Deno.test("a message to an id with unknown outcome is looked up by that id, and not sent again", async () => {
  const clock = { ahead: 0 };
  await using phones = await openPhones({ clock: () => Date.now() + clock.ahead });
  const { twilio, world } = phones;
  const { store } = world.deps;
  await twilio.phone(NUMBER).says("help", { fields: { ExternalUserIdentifier: ID } });
  await twilio.phone(NUMBER).waitFor(1);
  twilio.fault(ID, FAULTS.resetAfter);
  await twilio.phone(ID).says("help");
  const row = async () => (await store.phones.outbox(NUMBER, 2, 1))[0]?.message;
  await until("doubt", async () => (await row())?.state === "unknown");
  clock.ahead += 5_000;
  world.services.bus.emit("OutboxGrew", { number: NUMBER });
  await until("it is found", async () => (await row())?.state === "taken");
  assertEquals([twilio.sends, twilio.messages.to(ID).length], [2, 1]);
});

Deno.test("a code for a typed number reaches a person with a hidden number, and tells the page nothing", async () => {
  await using all = await open();
  const { talks, world, twilio } = all;
  await talks(ID, null, "help");
  await talks(NUMBER, ID, "help");
  await talks(ID, null, "help");
  const asker = { visitor: "visitor-1", address: "192.0.2.1" };
  const sent = await world.services.links.send(asker, "+41 79 123 45 67", TUTOR);
  assertEquals(sent.number, NUMBER);
  await all.idle();
  const { to = "", body = "" } = twilio.messages.all.at(-1) ?? {};
  assertEquals(to, ID);
  const [, code = ""] = /\b([2-9A-Z]{4}-[2-9A-Z]{4})\b/.exec(body) ?? [];
  await world.services.links.verify(asker, code);
  const state = await world.services.links.state("visitor-1");
  assertEquals([state.linked?.number, state.sent], [NUMBER, null]);
});

const SPELLINGS = [
  ["Mexico", "+5215598765432", "+52 55 9876 5432"],
  ["Argentina", "+5491123456789", "+54 11 2345 6789"],
  ["Brazil, without the ninth digit", "+551187654321", "+55 11 98765 4321"],
  ["Brazil, with it", "+5511987654321", "+55 11 8765 4321"],
] as const;

for (const [country, known, typed] of SPELLINGS) {
  Deno.test(`a code for a locally written number reaches the phone under WhatsApp's spelling: ${country}`, async () => {
    await using all = await open();
    const { talks, world, twilio, idle } = all;
    await talks(known, null, "help");
    const asker = { visitor: "visitor-1", address: "192.0.2.1" };
    const sent = await world.services.links.send(asker, typed, TUTOR);
    assertEquals(sent.number, typed.replaceAll(" ", ""));
    await idle();
    const { to = "", body = "" } = twilio.messages.all.at(-1) ?? {};
    assertEquals(to, known);
    const [, code = ""] = /\b([2-9A-Z]{4}-[2-9A-Z]{4})\b/.exec(body) ?? [];
    await world.services.links.verify(asker, code);
    const { linked } = await world.services.links.state("visitor-1");
    assertEquals(linked?.number, known);
  });
}
