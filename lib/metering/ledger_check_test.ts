import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { openWorld } from "@/tests/support/world.ts";
import { checkLedger } from "./ledger_check.ts";
import { meteringKeys } from "./records.ts";

Deno.test("checkLedger() reports no difference where a commit comes between its reads", async () => {
  await using world = await openWorld();
  const { store } = world.deps;
  await ask(world, "one");
  let between = 0;
  const { ledger } = store;
  // A turn settles after the entries were read and before the sums are.
  const disturbed = {
    hours: store.hours,
    ledger: Object.assign(Object.create(ledger), {
      async *all() {
        yield* ledger.all();
        if (between++ === 0) await ask(world, "two", { visitor: "v2" });
      },
    }),
  };
  const { difference, unsettled, entries } = await checkLedger(disturbed);
  assertEquals([difference, unsettled, entries], [null, false, 2]);
  assert.ok(between > 1);
});

Deno.test("checkLedger() reports a difference that stays, and books that never hold still as such", async () => {
  await using world = await openWorld();
  const { store, calendar, clock } = world.deps;
  await ask(world, "one");
  const key = meteringKeys.day(calendar.dayOf(clock()), "tool", TOOL);
  const lose = () =>
    store.transactions.run([key], (tx) => {
      const day = tx.get(key);
      if (day) tx.set(key, { ...day, spent: day.spent + 1n });
    });
  await lose();
  const wrong = await checkLedger(store);
  assert.match(wrong.difference ?? "", /tool general-assistant: `spent` is/);
  assertEquals(wrong.unsettled, false);
  const { ledger } = store;
  const restless = {
    hours: store.hours,
    ledger: Object.assign(Object.create(ledger), {
      async *all() {
        yield* ledger.all();
        await lose();
      },
    }),
  };
  assertEquals((await checkLedger(restless)).unsettled, true);
});
