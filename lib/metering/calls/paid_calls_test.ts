import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/asking.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { AppError } from "../../platform/errors.ts";
import { meteringKeys } from "../records.ts";
import { checkLedger } from "../ledger_check.ts";
import type { CallRequest } from "./hold_call.ts";
import { PaidCalls } from "./paid_calls.ts";
import type { PaidCall } from "../call_records.ts";
import type { Budget } from "../rules/budget.ts";

const NOON = Date.parse("2026-08-15T12:00:00Z");
const KEY_OF_MONTH: Budget = { scope: "api_key", id: "key-1", window: "month", limit: 1_000n };

function request(worst: bigint, budgets: readonly Budget[] = [KEY_OF_MONTH]): CallRequest {
  return {
    tool: TOOL,
    ceiling: null,
    channel: "api",
    provider: "openai",
    model: "gpt-4o-mini",
    simulated: false,
    visitor: null,
    worst,
    budgets,
  };
}

async function kindOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (error) {
    assert.ok(error instanceof AppError);
    return `${error.kind} ${error.retryAfterMs}`;
  }
}

/** The key's spent and held amounts in a month. */
async function used(world: World, month = "2026-08") {
  const key = meteringKeys.budget(month, "api_key", "key-1", "");
  return (await world.deps.store.kv.get(key)).value;
}

/** Leaves a call as a process that died would. */
async function leave(world: World, call: PaidCall): Promise<void> {
  const { store } = world.deps;
  const from = meteringKeys.running(store.processes.self, call.turn);
  await store.transactions.run([from], (tx) => {
    tx.delete(from);
    tx.set(meteringKeys.running("gone", call.turn), call);
  });
}

Deno.test("PaidCalls hold in an API key's month, refuse until it ends, settle and recover", async () => {
  let now = NOON;
  await using world = await openWorld({ clock: () => now });
  const { deps } = world;
  const calls = new PaidCalls(deps);
  const first = await calls.hold(request(700n));
  assertEquals(await used(world), { spent: 0n, held: 700n });
  // A cost below the hold makes room again.
  assertEquals(await kindOf(calls.hold(request(301n))), "over_budget 5000");
  assertEquals(await used(world), { spent: 0n, held: 700n });
  await calls.settle(first, { usd: 401n, basis: "reported" });
  assertEquals(await used(world), { spent: 401n, held: 0n });
  const monthEnds = Date.parse("2026-09-01T00:00:00Z") - now;
  assertEquals(await kindOf(calls.hold(request(600n))), `over_budget ${monthEnds}`);

  const left = await calls.hold(request(599n));
  await leave(world, left);
  await calls.endOrphan("gone", left);
  await calls.endOrphan("gone", left);
  assertEquals(await used(world), { spent: 1_000n, held: 0n });
  const released = await kindOf(calls.hold(request(1n)));
  assertEquals(released, `over_budget ${monthEnds}`);

  // The budget does not bind other calls of the tool, and the next month starts at zero.
  await calls.settle(await calls.hold(request(5_000n, [])), null);
  now = Date.parse("2026-09-01T00:00:00Z");
  const next = await calls.hold(request(1_000n));
  assertEquals(await used(world, "2026-09"), { spent: 0n, held: 1_000n });
  await calls.settle(next, null);
  assertEquals(await used(world, "2026-09"), { spent: 0n, held: 0n });
  assertEquals(await used(world), { spent: 1_000n, held: 0n });
  assertEquals((await checkLedger(deps.store)).difference, null);
  const [day] = await deps.store.ledger.days("tool", TOOL, ["2026-08-15"]);
  assertEquals([day?.spent, day?.held, day?.holds], [1_000n, 0n, 0]);
});

Deno.test("PaidCalls book a bill above the hold in full and refuse the next call", async () => {
  await using world = await openWorld({ clock: () => NOON });
  const calls = new PaidCalls(world.deps);
  const call = await calls.hold(request(900n));
  await calls.settle(call, { usd: 1_500n, basis: "reported" });
  assertEquals(await used(world), { spent: 1_500n, held: 0n });
  assert.ok(await kindOf(calls.hold(request(1n))));
});

Deno.test("PaidCalls end a call with its known cost when the store was away at settlement", async () => {
  await using world = await openWorld({ clock: () => NOON });
  const calls = new PaidCalls(world.deps);
  const never = await calls.hold(request(100n));
  await calls.endOrphan(world.deps.store.processes.self, never);
  assertEquals(await used(world), { spent: 0n, held: 0n });
});

Deno.test("PaidCalls.run() books the worst case when the call throws without a bill, and nothing where the bill is null", async () => {
  await using world = await openWorld({ clock: () => NOON });
  const calls = new PaidCalls(world.deps);
  const fails = (billed: boolean) =>
    calls.run(request(100n), (bill) => {
      if (!billed) bill.cost = null;
      return Promise.reject(new Error("lost"));
    }).catch((error) => error.message);
  assertEquals(await fails(true), "lost");
  assertEquals(await used(world), { spent: 100n, held: 0n });
  assertEquals(await fails(false), "lost");
  assertEquals(await used(world), { spent: 100n, held: 0n });
  const value = await calls.run(request(100n), (bill) => {
    bill.cost = { usd: 7n, basis: "reported" };
    return Promise.resolve("said");
  });
  assertEquals([value, await used(world)], ["said", { spent: 107n, held: 0n }]);
});

Deno.test("PaidCalls run a participant's part once for each call, whoever settles it, and tell it what was lost", async () => {
  await using world = await openWorld();
  const key = meteringKeys.budget("(test)", "memory", "counted", "");
  const counted: string[] = [];
  const calls = new PaidCalls(world.deps, [{
    name: "test",
    settle: (data) => ({
      reads: [key],
      run: (tx, { usd, lost }) => {
        counted.push(`${data} ${usd} ${lost}`);
        const { spent = 0n } = tx.get(key) ?? {};
        tx.set(key, { spent: spent + usd, held: 0n });
      },
    }),
  }]);
  const hold = (participants?: Record<string, unknown>) =>
    calls.hold({ ...request(500n, []), ...(participants ? { participants } : {}) });
  const made = await hold({ test: "made" });
  await calls.settle(made, { usd: 3n, basis: "reported" });
  await calls.settle(made, { usd: 3n, basis: "reported" });
  const left = await hold({ test: "left" });
  await leave(world, left);
  await calls.endOrphan("gone", left);
  await calls.endOrphan("gone", left);
  await calls.settle(await hold(), { usd: 7n, basis: "reported" });
  await calls.settle(await hold({ other: "unknown" }), { usd: 7n, basis: "reported" });
  assertEquals([...new Set(counted)], ["made 3 false", "left 500 true"]);
  assertEquals((await world.deps.store.kv.get(key)).value?.spent, 503n);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
});
