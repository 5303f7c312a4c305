import { checkLedger } from "@/lib/metering/ledger_check.ts";
import type { Outbox } from "@/lib/whatsapp/records.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { FAULTS } from "@/tests/simulators/twilio_faults.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, type PhoneWorld } from "@/tests/support/phones.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";

const ADA = "+41791234567";
const WHO = "ada@example.org";
const MINUTE = 60_000;

/** A program whose clock can be moved forward. */
async function open(options: { path?: string; twilio?: TwilioSimulator; ahead?: number } = {}) {
  const { ahead = 0, ...rest } = options;
  const clock = { ahead };
  const phones = await openPhones({ ...rest, clock: () => Date.now() + clock.ahead });
  return { ...phones, ada: phones.twilio.phone(ADA), tools: toolsOf(phones, clock) };
}

function toolsOf({ world, twilio }: PhoneWorld, clock: { ahead: number }) {
  const { store } = world.deps;
  const rows = async (): Promise<Outbox[]> =>
    (await store.phones.outbox(ADA, 1_000, 1_000)).map(({ message }) => message);
  return {
    rows,
    forward: (ms: number) => {
      clock.ahead += ms;
      world.services.bus.emit("OutboxGrew", { number: ADA });
    },
    /** Waits for `count` sends; wakes again, as one wake may have read the clock of before. */
    sent: (count: number) =>
      until(`${count} sendings`, () => {
        if (twilio.sends < count) world.services.bus.emit("OutboxGrew", { number: ADA });
        return twilio.sends >= count;
      }),
    idle: () => until("all work done", async () => (await store.phones.work()).length === 0),
    /** Twilio reports the latest message to Ada as not delivered. */
    undelivered: async (code: number | null) => {
      const sid = twilio.messages.to(ADA).at(-1)?.sid ?? "";
      await until("its SID to be kept", async () => (await rows()).some((row) => row.sid === sid));
      await twilio.report(sid, "undelivered", code);
    },
    /** The latest message as an admin sees it. */
    shown: async () => {
      const id = await world.services.whatsapp.idOf(ADA) ?? "";
      const { outbox, row } = await world.services.whatsappAdmin.person(WHO, id);
      return { lines: outbox, row };
    },
    booksAreRight: async () => assertEquals((await checkLedger(store)).difference, null),
    spent: async () => (await store.phones.get(ADA))?.spent ?? 0n,
  };
}

for (const code of [63018, 63010, 63012, 30001]) {
  Deno.test(`accepted, then undelivered with ${code}: sent again after a pause, paid for, and shown`, async () => {
    await using phones = await open();
    const { ada, twilio, tools } = phones;
    await ada.says("help");
    await ada.waitFor(1);
    await tools.undelivered(code);
    await until("it is put down", async () => (await tools.rows())[0]?.repeat);
    const before = await tools.spent();
    const pending = await tools.shown();
    assertEquals([pending.lines[0]?.state, pending.row.failed], ["Waits for another try", 0]);
    assertEquals(pending.row.waiting, 1);
    assert.match(pending.lines[0]?.fault?.action ?? "", /it is sent again after a wait/);
    // A repeated report is one failure.
    await tools.undelivered(code);
    tools.forward(20_000);
    assertEquals(twilio.sends, 1);
    tools.forward(11_000);
    await tools.sent(2);
    await ada.waitFor(2);
    await tools.idle();
    const [first, second] = ada.texts();
    assertEquals(first, second);
    assertEquals(twilio.sends, 2);
    assertEquals(await tools.spent(), before + 5_000_000n);
    const { lines, row } = await tools.shown();
    assertEquals(lines.map(({ state }) => state), ["Accepted", "Not delivered, sent again"]);
    assertEquals(lines[1]?.fault?.action, "Nothing: it was sent again.");
    assertEquals([row.failed, row.waiting], [0, 0]);
    await tools.booksAreRight();
  });
}

Deno.test("undelivered repeatedly: retried a few times with growing pauses, then given up, as the admin area shows", async () => {
  await using phones = await open();
  const { ada, twilio, tools } = phones;
  await ada.says("help");
  const pauses: number[] = [];
  for (let n = 1; n <= 4; n++) {
    await tools.sent(n);
    await ada.waitFor(n);
    const at = Date.now();
    await tools.undelivered(63018);
    const row = await until("the report", async () => {
      const [latest] = (await tools.rows()).slice(-1);
      return latest?.status === "undelivered" && latest;
    });
    if (!row.repeat) break;
    pauses.push(row.repeat.at - at);
    tools.forward(row.repeat.at - at + 1_000);
  }
  await tools.idle();
  assert.ok(pauses.length === 3 && pauses.every((ms, i) => ms > 2 * (pauses[i - 1] ?? 1_000)));
  assertEquals(twilio.sends, 4);
  const { lines, row } = await tools.shown();
  assertEquals([lines[0]?.state, row.failed], ["Not delivered", 1]);
  assert.match(lines[0]?.fault?.action ?? "", /was sent 4 times and is not sent again/);
  await tools.booksAreRight();
});

for (const code of [30008, 63024, 64_999, null]) {
  Deno.test(`undelivered with ${code ?? "no code"}: not sent again`, async () => {
    await using phones = await open();
    const { ada, twilio, tools } = phones;
    await ada.says("help");
    await ada.waitFor(1);
    await tools.undelivered(code);
    await until("the report", async () => (await tools.rows())[0]?.status === "undelivered");
    tools.forward(30 * MINUTE);
    await tools.idle();
    assertEquals(twilio.sends, 1);
    assertEquals((await tools.shown()).row.failed, 1);
  });
}

Deno.test("a report that comes before the answer counts", async () => {
  await using phones = await open();
  const { ada, twilio, tools } = phones;
  twilio.fault(ADA, FAULTS.failsTooFast);
  await ada.says("help");
  await until("it is put down", async () => (await tools.rows())[0]?.repeat);
  tools.forward(MINUTE);
  await ada.waitFor(1);
  await tools.idle();
  assertEquals(twilio.sends, 2);
});

Deno.test("delivered after all, STOP, or the window's end: nothing is sent again", async () => {
  const changes: [string, (phones: Awaited<ReturnType<typeof open>>) => Promise<void>, number][] = [
    ["delivered", async ({ twilio }) => {
      await twilio.report(twilio.messages.to(ADA)[0]?.sid ?? "", "delivered");
    }, 1],
    ["STOP", async ({ ada }) => {
      await ada.says("STOP");
      await ada.waitFor(2);
    }, 2],
    ["the window", ({ tools }) => Promise.resolve(tools.forward(24 * 60 * MINUTE)), 1],
  ];
  for (const [name, change, sends] of changes) {
    await using phones = await open();
    const { ada, twilio, tools } = phones;
    await ada.says("help");
    await ada.waitFor(1);
    await tools.undelivered(63010);
    await until("it is put down", async () => (await tools.rows())[0]?.repeat);
    await change(phones);
    tools.forward(MINUTE);
    await tools.idle();
    assertEquals(twilio.sends, sends, name);
    await tools.booksAreRight();
  }
});

Deno.test("a waiting retry outlives the process, and is sent once", async () => {
  await using files = await scratch();
  await using twilio = await TwilioSimulator.start();
  const path = files.store;
  {
    await using phones = await open({ path, twilio });
    await phones.ada.says("help");
    await phones.ada.waitFor(1);
    await phones.tools.undelivered(63012);
    await until("it is put down", async () => (await phones.tools.rows())[0]?.repeat);
  }
  await using phones = await open({ path, twilio, ahead: MINUTE });
  await phones.ada.waitFor(2);
  await phones.tools.idle();
  assertEquals(twilio.sends, 2);
  await phones.tools.booksAreRight();
});

Deno.test("without budget left it is not sent again, and the admin area says why", async () => {
  await using phones = await open();
  const { ada, twilio, tools, world } = phones;
  await ada.says("What is a prime?");
  await tools.sent(2);
  await ada.waitFor(2);
  await tools.idle();
  const tool = await world.deps.store.tools.get("general-assistant");
  assert.ok(tool);
  await world.deps.store.tools.put({ ...tool, ceiling: 1n });
  await tools.undelivered(63010);
  await until("it is put down", async () => (await tools.rows())[1]?.repeat);
  await new Promise((done) => setTimeout(done, 1_100));
  tools.forward(MINUTE);
  await tools.idle();
  assertEquals(twilio.sends, 2);
  assert.match((await tools.shown()).lines[0]?.fault?.action ?? "", /Raise the budget/);
});
