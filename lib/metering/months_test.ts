import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { AppError } from "../platform/errors.ts";
import type { Settings } from "../settings/rules/settings.ts";
import { checkLedger } from "./ledger_check.ts";
import { sumMonths } from "./month_sums.ts";
import { meteringKeys } from "./records.ts";

const NOVEMBER = Date.parse("2026-11-29T12:00:00Z");
const DECEMBER = Date.parse("2026-12-01T00:00:00Z");

function setBudgets({ deps }: World, budgets: Partial<Settings["budgets"]>) {
  return deps.store.settings.change(
    (_, now) => ({ ...now, budgets: { ...now.budgets, ...budgets } }),
    1_000,
  );
}

async function refusalOf(asked: Promise<unknown>) {
  try {
    await asked;
  } catch (error) {
    assert.ok(error instanceof AppError);
    return error.told;
  }
  return null;
}

Deno.test("A month's limit counts its earlier days, refuses until it ends, and begins again after it", async () => {
  let now = NOVEMBER - 5 * 86_400_000;
  await using world = await openWorld({ clock: () => now });
  await ask(world, "[[mock:tokens=600]] earlier");
  const spent = (await world.deps.store.ledger.month("tool", TOOL, "2026-11")).spent;
  assert.ok(spent > 0n);
  now = NOVEMBER;
  await setBudgets(world, { toolMonth: spent });
  const told = await refusalOf(ask(world, "today", { visitor: "v2" }));
  assertEquals(told, { code: "budget.month_used", opensAt: DECEMBER });
  const view = await world.services.pages.cards("");
  assertEquals(view.tools.find(({ id }) => id === TOOL)?.opensAt, DECEMBER);
  now = DECEMBER + 1;
  assertEquals(await refusalOf(ask(world, "after", { visitor: "v2" })), null);
});

Deno.test("A tool's own month goes before that of every other tool; a tool without a ceiling takes the others' day", async () => {
  await using world = await openWorld({ clock: () => NOVEMBER });
  await setBudgets(world, { toolMonth: 1n, toolMonths: { [TOOL]: null } });
  await ask(world, "one");
  const tool = await world.deps.store.tools.get(TOOL);
  assert.ok(tool);
  await world.deps.store.tools.put({ ...tool, ceiling: null });
  await setBudgets(world, { toolDay: 1n });
  const told = await refusalOf(ask(world, "two", { visitor: "v2" }));
  assertEquals(told?.code, "budget.used");
});

Deno.test("A person's own day and month hold beside their share, and for them alone", async () => {
  await using world = await openWorld({ clock: () => NOVEMBER });
  await setBudgets(world, { onPage: { day: 1n, month: null } });
  // The first call of a share is always let through, whatever it costs.
  await ask(world, "first of the day");
  const day = await refusalOf(ask(world, "again"));
  assertEquals(day?.code, "share.used");
  await setBudgets(world, { onPage: { day: null, month: 1n } });
  await ask(world, "first of the month");
  const month = await refusalOf(ask(world, "second of the month"));
  assertEquals(month, { code: "share.month_used", whose: "person", opensAt: DECEMBER });
  await ask(world, "somebody else", { visitor: "v2" });
});

Deno.test("Alerts tell when a month's limit is nearly used", async () => {
  await using world = await openWorld({ clock: () => NOVEMBER });
  await ask(world, "[[mock:tokens=600]] one");
  const { store } = world.deps;
  const { spent } = await store.ledger.month("organisation", "all", "2026-11");
  await setBudgets(world, { organisationMonth: spent * 5n });
  for (let i = 2; i <= 4; i++) {
    await ask(world, "[[mock:tokens=600]] more", { visitor: `v${i}` });
  }
  const alerts = await store.kv.list(
    { prefix: ["alert", "2026-11-29"] },
    (path) => meteringKeys.alert(String(path[1]), String(path[2])),
  );
  const ofMonth = alerts.map(({ value }) => value)
    .filter((alert) => alert.scope === "organisation" && alert.window === "month");
  assert.ok(ofMonth.length > 0);
});

Deno.test("sumMonths() sums the days of a store from before, and checkLedger() names a wrong month", async () => {
  let now = NOVEMBER;
  await using world = await openWorld({ clock: () => now });
  const { store } = world.deps;
  await ask(world, "one");
  now = DECEMBER;
  await ask(world, "two");
  const key = meteringKeys.month("2026-11", "tool", TOOL);
  const before = await store.transactions.read(key);
  await store.transactions.run([key], (tx) => tx.delete(key));
  assert.match((await checkLedger(store)).difference ?? "", /2026-11 tool .*without a sum/);
  await sumMonths(store.kv);
  assertEquals(await store.ledger.month("tool", TOOL, "2026-11"), before);
  assertEquals((await checkLedger(store)).difference, null);
  await store.transactions.run([key], (tx) => {
    const sums = tx.get(key);
    if (sums) tx.set(key, { ...sums, spent: sums.spent + 1n });
  });
  assert.match((await checkLedger(store)).difference ?? "", /2026-11 tool .*`spent` is/);
});
