import { RunningCalls } from "../metering/calls/running_calls.ts";
import { z } from "zod";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, repliesOf, TOOL } from "@/tests/support/asking.ts";
import { openPhones } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { family } from "../store/key.ts";
import { meteringKeys } from "../metering/records.ts";
import { storeKeys } from "../store/records.ts";
import { checkLedger } from "../metering/ledger_check.ts";

/** Overwrites a record with a value that its schema rejects. */
async function damage({ deps: { store } }: World, [name, ...parts]: string[]): Promise<void> {
  const anything = family<unknown, string[]>(name ?? "", z.unknown());
  await store.transactions.run([], (tx) => tx.set(anything(...parts), { damaged: true }));
  store.transactions.invalidate();
}

function today({ deps: { calendar, clock } }: World): string {
  return calendar.dayOf(clock());
}

Deno.test("a damaged sum of one tool refuses that tool only: pages show all others, and checkLedger() names it", async () => {
  await using world = await openWorld();
  const { store } = world.deps;
  await ask(world, "Hello", { tool: "code-helper" });
  await ask(world, "Hello");
  await damage(world, ["day", today(world), "tool", "code-helper"]);
  await assert.rejects(ask(world, "Hello", { tool: "code-helper" }), { kind: "unavailable" });
  await ask(world, "Hello again");
  assertEquals((await repliesOf(world)).length, 2);

  const { services } = world;
  assert.ok((await services.pages.cards("")).tools.length > 1);
  await services.dashboard();
  assert.match((await checkLedger(store)).difference ?? "", /tool code-helper/);
});

Deno.test("settleTurn() succeeds despite a damaged sum without a ceiling", async () => {
  await using world = await openWorld();
  const { store } = world.deps;
  await ask(world, "Hello");
  const [reply] = await repliesOf(world);
  const model = reply?.reply?.model ?? "";
  await damage(world, ["day", today(world), "model", model]);
  await damage(world, ["day", today(world), "channel", "web"]);
  await ask(world, "Hello again");
  assertEquals((await repliesOf(world)).length, 2);
  const [total] = await store.ledger.days("organisation", "all", [today(world)]);
  assertEquals([total?.held, total?.entries], [0n, 2]);
  assert.match((await checkLedger(store)).difference ?? "", /(model|channel) /);
});

Deno.test("settleTurn() succeeds despite another turn's, or a price's, damaged record", async () => {
  await using world = await openWorld({ env: { MOCK_PACE_MS: "50" } });
  const { store } = world.deps;
  await ask(world, "[[mock:tokens=500]]", { wait: false });
  const [running] = await new RunningCalls(store).of(store.processes.self);
  assert.ok(running);
  await damage(world, ["price", "openai", "gpt-4o"]);
  await damage(world, ["running", "gone", "0damaged"]);
  // As if it had run in another process, which died.
  await store.transactions.run([], (tx) => {
    tx.delete(meteringKeys.running(store.processes.self, running.turn));
    tx.set(meteringKeys.running("gone", running.turn), running);
    tx.set(storeKeys.process("gone"), { place: "elsewhere", pid: 1, expiresAt: 0 });
    tx.set(meteringKeys.prices(), "changed");
  });
  await until("the turn to be settled", async () => {
    const [total] = await store.ledger.days("organisation", "all", [today(world)]);
    return total?.held === 0n;
  });
  await world.services.chat.stop("v1", TOOL);
});

Deno.test("a damaged record of one person on WhatsApp hides no others from administrators", async () => {
  await using phones = await openPhones();
  const { twilio, world } = phones;
  for (const number of ["+41790000001", "+41790000002"]) {
    await twilio.phone(number).says("What is a fraction?");
    await twilio.phone(number).waitFor(2);
  }
  await damage(world, ["phone", "+41790000002"]);
  const list = await world.services.whatsappAdmin.people({ filter: "all", digits: "", after: "" });
  assertEquals(list.rows.length, 1);
});
