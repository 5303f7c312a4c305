import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { AppError } from "../../platform/errors.ts";
import type { AuxiliaryCall } from "../call_records.ts";
import { lastAttempt, NoRoom } from "./call_steps.ts";
import { counterOf } from "../counters.ts";
import { checkLedger } from "../ledger_check.ts";
import { PaidCalls } from "./paid_calls.ts";
import { meteringKeys } from "../records.ts";
import type { Settings } from "../../settings/rules/settings.ts";
import { type Budget, isShare } from "../rules/budget.ts";

/**
 * For any order and overlap of holds, settlements, releases, fallbacks and lost processes:
 * no budget's spent plus held passes its limit, and each sum is exact.
 */

const RUNS = Number(Deno.env.get("PROPERTY_RUNS") ?? 40);
const NOON = Date.parse("2026-08-15T12:00:00Z");
const DAY = "2026-08-15";
const TOOL_LIMIT = 3_000n;
const ORGANISATION_LIMIT = 4_000n;

const EXTRA: readonly Budget[] = [
  { scope: "api_key", id: "k", window: "month", limit: 2_500n },
  { scope: "memory", id: "m", window: "day", limit: 700n },
];

const BUDGETS: Settings["budgets"] = {
  organisationMonth: 3_500n,
  toolDay: null,
  toolMonth: 3_200n,
  toolMonths: { "tool-1": 2_000n },
  onPhone: { day: null, month: null },
  onPage: { day: 700n, month: 900n },
  addressDay: null,
  freeReplies: 0,
};

type Step =
  | { do: "hold"; tool: number; who: number; worst: bigint; extra: number; simulator: boolean }
  | { do: "settle" | "recover"; pick: number; percent: number }
  | { do: "fall back"; pick: number; percent: number | null; worst: bigint }
  | { do: "overbill"; pick: number; more: bigint };

const pick = fc.nat(20);
const percent = fc.integer({ min: 0, max: 100 });
const worst = fc.bigInt(1n, 900n);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("hold" as const),
      tool: fc.nat(1),
      who: fc.nat(2),
      worst,
      extra: fc.nat(3),
      simulator: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("settle" as const, "settle" as const, "recover" as const),
      pick,
      percent,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("fall back" as const),
      pick,
      // May exceed the hold: the next attempt must fit in the remaining budget.
      percent: fc.option(fc.integer({ min: 0, max: 300 })),
      worst,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("overbill" as const), pick, more: fc.bigInt(1n, 500n) }),
  },
);

/** Model: the calls under way, and the expected spending of each budget. */
class Calls {
  private readonly open: AuxiliaryCall[] = [];
  private readonly spent = new Map<string, { budget: Budget; usd: bigint }>();
  /** Amounts billed above holds, and the largest call of a share: only they may pass a limit. */
  private readonly above = new Map<string, bigint>();
  private readonly largest = new Map<string, bigint>();
  private readonly calls: PaidCalls;

  constructor(private readonly world: World) {
    this.calls = new PaidCalls(world.deps);
  }

  async take(one: Step): Promise<void> {
    if (one.do === "hold") return await this.hold(one);
    const [call] = this.open.splice(one.pick % Math.max(1, this.open.length), 1);
    if (call === undefined) return;
    const { hold } = lastAttempt(call);
    switch (one.do) {
      case "settle": {
        const usd = hold * BigInt(one.percent) / 100n;
        await this.calls.settle(call, usd === 0n ? null : { usd, basis: "reported" });
        return this.ended(call, usd);
      }
      case "overbill":
        await this.calls.settle(call, { usd: hold + one.more, basis: "reported" });
        return this.ended(call, hold + one.more, one.more);
      case "recover": {
        const { transactions, processes } = this.world.deps.store;
        const from = meteringKeys.running(processes.self, call.turn);
        await transactions.run([from], (tx) => {
          tx.delete(from);
          tx.set(meteringKeys.running("gone", call.turn), call);
        });
        await Promise.all([
          this.calls.endOrphan("gone", call),
          this.calls.endOrphan("gone", call),
        ]);
        return this.ended(call, hold);
      }
      case "fall back":
        return await this.fallBack(call, one);
    }
  }

  private async hold({ tool, who, worst, extra, simulator }: Step & { do: "hold" }): Promise<void> {
    try {
      const call = await this.calls.hold({
        tool: `tool-${tool}`,
        ceiling: TOOL_LIMIT,
        channel: "api",
        provider: "openai",
        model: "gpt-4o-mini",
        simulated: false,
        visitor: who === 0 ? null : `visitor-${who}`,
        worst,
        forSimulator: simulator && who === 0,
        budgets: EXTRA.filter((_, i) => (extra >> i) % 2 === 1),
      });
      this.noteSize(call);
      this.open.push(call);
    } catch (error) {
      assert.ok(error instanceof AppError, String(error));
    }
  }

  private async fallBack(
    call: AuxiliaryCall,
    { percent, worst }: { percent: number | null; worst: bigint },
  ): Promise<void> {
    const { hold } = lastAttempt(call);
    const cost = percent === null
      ? null
      : { usd: hold * BigInt(percent) / 100n, basis: "estimated" as const };
    const next = { provider: "other", model: "m", simulated: false, price: null, hold: worst };
    try {
      const after = await this.calls.holdAttempt(call, { cost, next });
      assert.ok(after?.kind === "auxiliary");
      this.noteSize(after);
      this.open.push(after);
    } catch (error) {
      assert.ok(error instanceof NoRoom, String(error));
      this.open.push(call);
    }
  }

  private noteSize(call: AuxiliaryCall): void {
    for (const budget of call.budgets.filter(isShare)) {
      const id = idOf(budget);
      const most = this.largest.get(id) ?? 0n;
      this.largest.set(id, most > budget.held ? most : budget.held);
    }
  }

  private ended(call: AuxiliaryCall, usd: bigint, above = 0n): void {
    for (const attempt of call.attempts) {
      if (attempt.state === "failed") usd += attempt.cost?.usd ?? 0n;
    }
    for (const budget of call.budgets) {
      const id = idOf(budget);
      this.spent.set(id, { budget, usd: (this.spent.get(id)?.usd ?? 0n) + usd });
      this.above.set(id, (this.above.get(id) ?? 0n) + above);
    }
  }

  /** Compares all counters with the model. */
  async check(): Promise<void> {
    const expected = new Map(
      [...this.spent].map(([id, { budget, usd }]) => [id, { budget, spent: usd, held: 0n }]),
    );
    for (const call of this.open) {
      for (const budget of call.budgets) {
        const id = idOf(budget);
        const sum = expected.get(id) ?? { budget, spent: 0n, held: 0n };
        expected.set(id, { ...sum, held: sum.held + budget.held });
      }
    }
    const { transactions } = this.world.deps.store;
    const all = [...expected.values()].map((sum) => ({
      ...sum,
      counter: counterOf(sum.budget, DAY),
    }));
    const used = await transactions.run(
      all.map(({ counter }) => counter.key),
      (tx) => all.map(({ counter }) => counter.used(tx)),
    );
    all.forEach(({ budget, spent, held }, i) => {
      assertEquals(used[i]?.spent, spent, `spent of ${idOf(budget)}`);
      assertEquals(used[i]?.held, held, `held of ${idOf(budget)}`);
      const { limit } = budget;
      const largest = this.largest.get(idOf(budget)) ?? 0n;
      const admitted = limit !== null && limit > largest ? limit : largest;
      const most = admitted + (this.above.get(idOf(budget)) ?? 0n);
      assert.ok(limit === null || spent + held <= most, `${idOf(budget)} passes its limit`);
    });
  }
}

function idOf({ scope, id, window, tool = "" }: Budget): string {
  return `${scope} ${id} ${window} ${tool}`;
}

Deno.test("PaidCalls keep every budget within its limit and every sum exact, for any sequence of holds, settlements, fallbacks and lost processes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), {
        minLength: 1,
        maxLength: 12,
        size: "max",
      }),
      async (batches) => {
        await using world = await openWorld({
          clock: () => NOON,
          env: {
            ORGANISATION_CEILING_USD: "0.000004",
            PERSON_SHARE_PERCENT: "20",
          },
        });
        await world.deps.store.settings.change((_, now) => ({ ...now, budgets: BUDGETS }), 1_000);
        const calls = new Calls(world);
        for (const batch of batches) {
          await Promise.all(batch.map((one) => calls.take(one)));
          await calls.check();
        }
        assertEquals((await checkLedger(world.deps.store)).difference, null);
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  );
});

Deno.test("organisationCeiling() is the limit that the property checks", async () => {
  await using world = await openWorld({ env: { ORGANISATION_CEILING_USD: "0.000004" } });
  const call = await new PaidCalls(world.deps).hold({
    tool: "tool-0",
    ceiling: TOOL_LIMIT,
    channel: "api",
    provider: "openai",
    model: "gpt-4o-mini",
    simulated: false,
    visitor: null,
    worst: 1n,
  });
  const limits = call.budgets.map(({ limit }) => limit);
  assertEquals(limits, [TOOL_LIMIT, ORGANISATION_LIMIT]);
});
