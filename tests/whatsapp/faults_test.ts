import { checkLedger } from "@/lib/metering/ledger_check.ts";
import type { Outbox } from "@/lib/whatsapp/records.ts";
import { FAULTS, type TwilioFault } from "@/tests/simulators/twilio_faults.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, type PhoneWorld } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

const ADA = "+41791234567";

/** A program whose clock runs and can be moved forward. */
async function open(env: Record<string, string> = {}) {
  const clock = { ahead: 0 };
  const phones = await openPhones({ env, clock: () => Date.now() + clock.ahead });
  const { world } = phones;
  return {
    ...phones,
    ada: phones.twilio.phone(ADA),
    rows: async (): Promise<Outbox[]> =>
      (await world.deps.store.phones.outbox(ADA, 1_000, 1_000)).map(({ message }) => message),
    forward: (ms: number) => {
      clock.ahead += ms;
      world.services.bus.emit("OutboxGrew", { number: ADA });
    },
    idle: () =>
      until("all work done", async () => (await world.deps.store.phones.work()).length === 0),
  };
}

async function booksAreRight({ world }: Pick<PhoneWorld, "world">): Promise<void> {
  assertEquals((await checkLedger(world.deps.store)).difference, null);
}

const LATER: [string, TwilioFault][] = [
  ["429", FAULTS.tooMany],
  ["503", FAULTS.unavailable],
  ["63018", FAULTS.tooFast],
];
for (const [name, fault] of LATER) {
  Deno.test(`temporary refusal (${name}): the message is sent later, once`, async () => {
    await using phones = await open();
    const { ada, rows, forward, idle } = phones;
    phones.twilio.fault(ADA, fault);
    await ada.says("help");
    await until(
      "the refusal",
      async () => (await rows())[0]?.tries === 1 && (await rows())[0]?.state === "waiting",
    );
    forward(60_000);
    await ada.waitFor(1);
    await idle();
    assertEquals(ada.texts().length, 1);
    assertEquals((await rows()).map(({ state, tries }) => [state, tries]), [["taken", 2]]);
    await booksAreRight(phones);
  });
}

const IN_DOUBT: [string, TwilioFault][] = [
  ["the connection broke", FAULTS.resetAfter],
  ["the answer was cut off", FAULTS.cutAnswer],
  ["a gateway lost patience", FAULTS.gatewayTimeout],
];
for (const [name, fault] of IN_DOUBT) {
  Deno.test(`accepted despite ${name}: the message is found and not sent again`, async () => {
    await using phones = await open();
    const { ada, rows, forward, idle } = phones;
    phones.twilio.fault(ADA, fault);
    await ada.says("help");
    await until("doubt", async () => (await rows())[0]?.state === "unknown");
    forward(5_000);
    await until("it is found", async () => (await rows())[0]?.state === "taken");
    await idle();
    assertEquals(ada.texts().length, 1);
    assertEquals(phones.twilio.sends, 1);
    await booksAreRight(phones);
  });
}

Deno.test("unknown outcome, not accepted: sent again once that is certain, after a minute, not before", async () => {
  await using phones = await open();
  const { ada, rows, forward, idle, twilio } = phones;
  twilio.fault(ADA, FAULTS.serverError);
  await ada.says("help");
  await until("doubt", async () => (await rows())[0]?.state === "unknown");
  forward(5_000);
  await until("a first look", async () => (await rows())[0]?.absences === 1);
  assertEquals(twilio.sends, 1);
  forward(30_000);
  await until("a second look", async () => (await rows())[0]?.absences === 2);
  assertEquals(twilio.sends, 1);
  const [row] = await rows();
  assertEquals(row && row.attemptAt && row.notBefore - row.attemptAt, 60_000);
  forward(26_000);
  await ada.waitFor(1);
  await idle();
  assertEquals([ada.texts().length, twilio.sends], [1, 2]);
  await booksAreRight(phones);
});

Deno.test("not accepted several times in a row: sent again after each certainty, three times at most", async () => {
  await using phones = await open();
  const { ada, rows, forward, twilio } = phones;
  twilio.fault(ADA, ...Array.from({ length: 4 }, () => FAULTS.serverError));
  await ada.says("help");
  for (let attempt = 1; attempt <= 4; attempt++) {
    await until(`doubt ${attempt}`, async () => {
      const [row] = await rows();
      return row?.state === "unknown" && row.tries === attempt;
    });
    // One lookup is not enough, even long after the attempt.
    forward(61_000);
    await until("a first look", async () => (await rows())[0]?.absences === 1);
    assertEquals(twilio.sends, attempt);
    forward(61_000);
  }
  await until("the end", async () => (await phones.world.deps.store.phones.get(ADA))?.sent === 1);
  assertEquals((await rows()).map(({ state, tries }) => [state, tries]), [["unknown", 4]]);
  assertEquals([ada.texts().length, twilio.sends], [0, 4]);
  // Later ones are not held up by it.
  await ada.says("help");
  await ada.waitFor(1);
  await booksAreRight(phones);
});

Deno.test("a part that is refused for good ends its reply, costs nothing, and shows in the admin area", async () => {
  await using phones = await open();
  const { ada, rows, idle, twilio, world } = phones;
  await ada.says("help");
  await ada.waitFor(1);
  twilio.fault(ADA, FAULTS.badRequest);
  await ada.says("[[mock:tokens=900]] long");
  await until("the refusal", async () => (await rows()).some(({ state }) => state === "refused"));
  await idle();
  const states = (await rows()).map(({ state, why, entry }) => [state, why, entry === null]);
  assertEquals(states[0], ["taken", null, false]);
  assertEquals(states[1], ["refused", null, true]);
  assert.ok(states.length > 3 && states.slice(2).every(([, why]) => why === "follows"));
  const id = await world.services.whatsapp.idOf(ADA) ?? "";
  const { row, outbox } = await world.services.whatsappAdmin.person("ada@example.org", id);
  assertEquals(row.failed, states.length - 1);
  const fault = outbox.find(({ n }) => n === 1)?.fault;
  assertEquals(fault?.code, 21211);
  assert.match(fault?.meaning ?? "", /not valid/);
  await booksAreRight(phones);
});

Deno.test("rejected credentials pause all sending, shown in health and admin, until they are accepted", async () => {
  await using phones = await open();
  const { ada, forward, idle, twilio, world } = phones;
  twilio.always("*", FAULTS.unauthorized);
  await ada.says("help");
  await until("the pause", () => world.services.whatsapp.status().paused);
  const health = await (await phones.site.fetch("/api/health")).json();
  assertEquals(health.checks["whatsapp:configured"][0].componentType, "paused");
  const sends = twilio.sends;
  world.services.bus.emit("OutboxGrew", { number: ADA });
  await new Promise((done) => setTimeout(done, 100));
  assertEquals(twilio.sends, sends);
  twilio.always("*", null);
  forward(61_000);
  await ada.waitFor(1);
  await idle();
  assertEquals(world.services.whatsapp.status().paused, null);
});

for (
  const [name, fault] of [["21408", FAULTS.countryClosed], [
    "an unknown code",
    FAULTS.unheardOf,
  ]] as const
) {
  Deno.test(`${name} refuses one person's message and delays no other person's`, async () => {
    await using phones = await open();
    const { ada, rows, idle, twilio, world } = phones;
    const bob = twilio.phone("+41790000002");
    twilio.always(ADA, fault);
    await ada.says("help");
    await until("the refusal", async () => (await rows())[0]?.state === "refused");
    assertEquals(world.services.whatsapp.status().paused, null);
    await bob.says("help");
    await bob.waitFor(1, 5_000);
    await idle();
    assertEquals(twilio.sends, 2);
    await booksAreRight(phones);
  });
}

Deno.test("21610 opts the person out; nothing is sent until START", async () => {
  await using phones = await open();
  const { ada, rows, idle, twilio, world } = phones;
  twilio.fault(ADA, FAULTS.optedOut);
  await ada.says("help");
  await until("the refusal", async () => (await rows())[0]?.state === "refused");
  await idle();
  await ada.says("What is a prime?");
  await idle();
  assertEquals(ada.texts(), []);
  assertEquals((await world.deps.store.phones.get(ADA))?.optedOut, true);
  await ada.says("START");
  await ada.waitFor(1);
  await idle();
  await booksAreRight(phones);
});

Deno.test("63016 closes the window until the person writes; with a template the message is sent as one", async () => {
  await using phones = await open({ TWILIO_TEMPLATE_SID: `HX${"0".repeat(32)}` });
  const { ada, idle, twilio, rows } = phones;
  twilio.fault(ADA, FAULTS.windowClosed);
  await ada.says("help");
  const [message] = await ada.waitFor(1);
  await idle();
  assertEquals(message?.contentSid, `HX${"0".repeat(32)}`);
  assertEquals((await rows())[0]?.template, true);
  await ada.says("help");
  const received = await ada.waitFor(2);
  assertEquals(received[1]?.contentSid, null);
  await idle();
  await booksAreRight(phones);
});

Deno.test("a failure reported later is stored, and 63016 among them closes the window", async () => {
  await using phones = await open();
  const { ada, idle, twilio, rows, world } = phones;
  twilio.fault(ADA, FAULTS.failsClosed);
  await ada.says("help");
  await until("the report", async () => (await rows())[0]?.status === "failed");
  await idle();
  assertEquals((await rows())[0]?.code, 63016);
  assertEquals((await world.deps.store.phones.get(ADA))?.windowShut, true);
});

Deno.test("after 24 hours nothing is sent without a template: refused locally, with the reason", async () => {
  await using phones = await open();
  const { ada, idle, forward, twilio, world } = phones;
  await ada.says("help");
  await ada.waitFor(1);
  await idle();
  forward(24 * 3_600_000 + 1);
  const { whatsapp } = world.services;
  const id = await whatsapp.idOf(ADA) ?? "";
  const outcome = await whatsapp.say(id, "Are you still there?", "ada@example.org");
  assert.ok(outcome.kind === "refused" && outcome.silence === "window");
  assertEquals(twilio.sends, 1);
});
