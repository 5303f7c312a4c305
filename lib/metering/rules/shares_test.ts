import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { type BudgetUse, isInForce } from "./budget.ts";
import {
  addToShare,
  atLeast,
  cameBefore,
  type Ceilings,
  shareBudgets,
  type ShareDay,
  shareOn,
  type ShareUsage,
  usedOf,
} from "./shares.ts";

const DAY = "2026-08-15";
const CEILINGS = { tool: 1_000n, organisation: 5_000n };
const PERSON = { scope: "person" as const, id: "ada" };

/** Uses a share for a call of a tool: the tool's part and the total. */
function add(share: ShareDay, tool: string, more: ShareUsage): ShareDay {
  return addToShare(addToShare(share, tool, more), undefined, more);
}

/** The budgets of a person's next call of a tool. */
function bounds(share: ShareDay, tool: string, ceilings: Ceilings, percent: number): BudgetUse[] {
  return shareBudgets(PERSON, tool, ceilings, percent)
    .map((budget) => ({ ...budget, ...usedOf(share, budget.tool) }))
    .filter(isInForce);
}

Deno.test("shareBudgets() bounds a tool's and the organisation's budget, each by its own ceiling", () => {
  const used = add(shareOn(null, DAY), "a", { spent: 30n, held: 20n });
  assertEquals(bounds(used, "a", CEILINGS, 10), [
    { ...PERSON, window: "day", tool: "a", limit: 100n, spent: 30n, held: 20n },
    { ...PERSON, window: "day", limit: 500n, spent: 30n, held: 20n },
  ]);
  // Tool b is unused.
  assertEquals(bounds(used, "b", CEILINGS, 10).map(({ limit }) => limit), [
    500n,
  ]);
  const none = { tool: null, organisation: null };
  assertEquals(bounds(used, "a", none, 10), []);
});

Deno.test("shareBudgets() has a limit of their own beside a share, the smaller in force, and none at 100 percent", () => {
  const of = (percent: number, most: bigint | null, ceilings: Ceilings = CEILINGS) =>
    shareBudgets(PERSON, "a", ceilings, percent, most).map(({ tool, limit }) => ({ tool, limit }));
  const both = (tool: bigint | null, all: bigint | null) => [
    { tool: "a", limit: tool },
    { tool: undefined, limit: all },
  ];
  assertEquals(of(10, 499n), both(100n, 499n));
  assertEquals(of(10, 501n), both(100n, 500n));
  assertEquals(of(99, null), both(990n, 4_950n));
  assertEquals(of(100, null), []);
  // Without a share, their own limit still holds.
  assertEquals(of(100, 400n), both(null, 400n));
  assertEquals(of(10, 400n, { tool: null, organisation: null }), both(null, 400n));
});

Deno.test("shareOn() resets the usage each day and keeps the first day", () => {
  const used = add(shareOn(null, DAY), "a", { spent: 30n, held: 0n });
  assertEquals(cameBefore(used), false);
  const later = shareOn(used, "2026-08-16");
  assertEquals(later, { since: DAY, day: "2026-08-16", all: { spent: 0n, held: 0n }, tools: {} });
  assertEquals(cameBefore(later), true);
});

Deno.test("shareBudgets() are never passed by more than the first call, for any holds and settlements", () => {
  const call = fc.record({
    tool: fc.constantFrom("a", "b", "c"),
    worst: fc.bigInt(1n, 400n),
    used: fc.integer({ min: 0, max: 100 }),
    settles: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(call, { maxLength: 60 }),
      fc.integer({ min: 1, max: 99 }),
      (calls, percent) => {
        let share = shareOn(null, DAY);
        let first = 0n;
        for (const { tool, worst, used, settles } of calls) {
          const uses = bounds(share, tool, CEILINGS, percent);
          const room = uses.every(({ limit, spent, held }) =>
            limit === null || spent + held + worst <= limit
          );
          if (!room) continue;
          if (share.all.spent + share.all.held === 0n) first = worst > first ? worst : first;
          share = add(share, tool, { spent: 0n, held: worst });
          if (settles) {
            const spent = worst * BigInt(used) / 100n;
            share = add(share, tool, { spent, held: -worst });
          }
          const limit = CEILINGS.organisation * BigInt(percent) / 100n;
          const total = share.all.spent + share.all.held;
          assert.ok(total <= (limit > first ? limit : first));
        }
        const tools = Object.values(share.tools);
        assertEquals(tools.reduce((sum, { spent }) => sum + spent, 0n), share.all.spent);
        assertEquals(tools.reduce((sum, { held }) => sum + held, 0n), share.all.held);
      },
    ),
  );
});

Deno.test("addToShare() releases no more than is held, so a reset record stays valid", () => {
  const begunAnew = add(shareOn(null, DAY), "a", { spent: 0n, held: 5n });
  const settled = add(begunAnew, "a", { spent: 3n, held: -20n });
  assertEquals(settled.all, { spent: 3n, held: 0n });
  assertEquals(settled.tools, { a: { spent: 3n, held: 0n } });
});

Deno.test("atLeast() counts the other's spending of the same day, and is idempotent", () => {
  const mine = add(shareOn(null, DAY), "a", { spent: 30n, held: 7n });
  const theirs = add(shareOn(null, DAY), "b", { spent: 20n, held: 25n });
  const both = atLeast(mine, theirs);
  assertEquals(both.all, { spent: 45n, held: 7n });
  assertEquals(both.tools, { a: { spent: 30n, held: 7n }, b: { spent: 45n, held: 0n } });
  assertEquals(atLeast(both, theirs), both);
  assertEquals(atLeast(mine, shareOn(theirs, "2026-08-14")), mine);
});
