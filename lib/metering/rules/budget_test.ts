import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import {
  type BudgetUse,
  type Candidate,
  exceededBy,
  fitToBudgets,
  heldOf,
  isInForce,
  isShare,
  isUsedUp,
  percentUsed,
} from "./budget.ts";
import { costOf, worstCase } from "../../llm/rules/prices.ts";

const dear: Candidate & { model: string } = {
  model: "dear",
  price: { input: 2_500_000_000n, cachedInput: 1_250_000_000n, output: 10_000_000_000n },
};
const cheap: Candidate & { model: string } = {
  model: "cheap",
  price: { input: 150_000_000n, cachedInput: 75_000_000n, output: 600_000_000n },
};
const usual = {
  wanted: dear,
  cheaper: cheap,
  promptTokens: 1_000,
  maxTokens: 1_000,
  ladder: { downgradeFrom: 80, clamp: true },
};
/** Worst case of the usual turn: 1,000 tokens in and out. */
const DEAR = 12_500_000n, CHEAP = 750_000n;

function use(limit: bigint | null, spent = 0n, held = 0n): BudgetUse {
  return { scope: "tool", id: "tool", window: "day", limit, spent, held };
}

Deno.test("fitToBudgets() keeps the chosen model while there is room, and holds its worst case", () => {
  for (const budgets of [[], [use(null)], [use(DEAR)], [use(DEAR * 10n, DEAR, DEAR * 6n)]]) {
    const decision = fitToBudgets({ ...usual, budgets });
    assert.ok(decision.kind === "go");
    assertEquals([decision.candidate, decision.hold], [dear, DEAR]);
    assertEquals([decision.downgraded, decision.clamped], [false, false]);
  }
});

Deno.test("fitToBudgets() takes the cheaper model from the policy's share on", () => {
  const at = (spent: bigint) => fitToBudgets({ ...usual, budgets: [use(1_000_000_000n, spent)] });
  const below = at(799_999_999n), above = at(800_000_000n);
  assert.ok(below.kind === "go" && above.kind === "go");
  assertEquals([below.candidate.model, above.candidate.model], ["dear", "cheap"]);
  assertEquals([above.hold, above.downgraded], [CHEAP, true]);
});

Deno.test("fitToBudgets() takes the cheaper model earlier where the chosen one does not fit", () => {
  const decision = fitToBudgets({ ...usual, budgets: [use(DEAR - 1n)] });
  assert.ok(decision.kind === "go" && decision.downgraded && !decision.clamped);
});

Deno.test("fitToBudgets() shortens the reply to the remaining budget, then refuses", () => {
  const prompt = worstCase(1_000, 0, cheap.price);
  const at = (tokens: bigint) => fitToBudgets({ ...usual, budgets: [use(prompt + tokens * 600n)] });
  const some = at(100n);
  assert.ok(some.kind === "go" && some.clamped);
  assertEquals(some.maxTokens, 100);
  assertEquals(at(64n).kind, "go");
  assertEquals(at(63n).kind, "refuse");
  const rigid = { downgradeFrom: 80, clamp: false };
  const refused = fitToBudgets({ ...usual, ladder: rigid, budgets: [use(prompt + 60_000n)] });
  assertEquals(refused.kind, "refuse");
});

Deno.test("fitToBudgets() refuses under a ceiling of zero, and under one lowered below the spending", () => {
  assertEquals(fitToBudgets({ ...usual, budgets: [use(0n)] }).kind, "refuse");
  assertEquals(fitToBudgets({ ...usual, budgets: [use(null), use(5n, 10n)] }).kind, "refuse");
});

Deno.test("percentUsed() rounds down, and a ceiling of zero is used up", () => {
  assertEquals(percentUsed(use(3n, 1n, 1n)), 66);
  assertEquals(percentUsed(use(0n)), 100);
  assertEquals(percentUsed(use(null, 10n)), 0);
});

Deno.test("isInForce() admits the first call of an unused share, and of no other budget", () => {
  const unused = use(0n), held = use(0n, 0n, 1n), spent = use(0n, 1n);
  const inForce = (budget: BudgetUse, scope: BudgetUse["scope"]) => isInForce({ ...budget, scope });
  for (const scope of ["person", "address"] as const) {
    assert.ok(isShare({ scope }));
    assertEquals([unused, held, spent].map((each) => inForce(each, scope)), [false, true, true]);
    assert.ok(inForce(use(0n, 1n, 1n), scope));
  }
  for (const scope of ["tool", "organisation", "api_key", "memory", "simulator"] as const) {
    assert.ok(!isShare({ scope }));
    assertEquals([unused, held, spent].map((each) => inForce(each, scope)), [true, true, true]);
  }
  assertEquals(inForce(use(null, 5n), "tool"), false);
});

Deno.test("exceededBy() is the first budget that an amount does not fit into", () => {
  const fits = use(10n, 3n, 4n), full = { ...use(9n, 3n, 4n), id: "full" };
  assertEquals(exceededBy([use(null), fits], 3n), null);
  assertEquals(exceededBy([fits, full, { ...full, id: "next" }], 3n), full);
});

Deno.test("fitToBudgets() holds the fees besides the model's price, where a share holds none", () => {
  const at = (budget: BudgetUse, fees = 1_000n) => {
    const decision = fitToBudgets({ ...usual, cheaper: null, fees, budgets: [budget] });
    return decision.kind === "go" && !decision.clamped ? decision.hold : decision.kind;
  };
  assertEquals(at(use(DEAR + 1_000n)), DEAR + 1_000n);
  assertEquals(at(use(DEAR + 1_007n, 3n, 4n)), DEAR + 1_000n);
  const ladder = { downgradeFrom: null, clamp: false };
  const short = { ...usual, cheaper: null, ladder, fees: 1_000n };
  assertEquals(fitToBudgets({ ...short, budgets: [use(DEAR + 999n)] }).kind, "refuse");
  assertEquals(at({ ...use(DEAR), scope: "person" }), DEAR + 1_000n);
  // A shortened reply holds them too.
  const prompt = worstCase(1_000, 0, cheap.price);
  const budgets = [use(prompt + 100n * 600n + 1_000n)];
  const shortened = fitToBudgets({ ...usual, fees: 1_000n, budgets });
  assert.ok(shortened.kind === "go" && shortened.clamped);
  assertEquals([shortened.maxTokens, shortened.hold], [100, prompt + 60_000n + 1_000n]);
});

Deno.test("fitToBudgets() names the limited budget with the least left, the first of equals", () => {
  const nearest = (...budgets: BudgetUse[]) => fitToBudgets({ ...usual, budgets }).nearest;
  const wide = use(DEAR * 9n), near = use(DEAR * 5n, DEAR, DEAR), none = use(null, DEAR * 9n);
  assertEquals(nearest(), null);
  assertEquals(nearest(none), null);
  assertEquals(nearest(none, wide, near), near);
  assertEquals(nearest(near, wide), near);
  const equal = { ...near, id: "equal" };
  assertEquals(nearest(near, equal), near);
  const empty = { ...use(0n), id: "empty" };
  assertEquals(nearest(empty, { ...empty, id: "other" }), empty);
});

Deno.test("fitToBudgets() takes short replies as they are, and never shortens one below 64 tokens", () => {
  const short = { ...usual, cheaper: null, maxTokens: 10 };
  const prompt = worstCase(1_000, 0, dear.price);
  const at = (tokens: bigint, maxTokens: number) =>
    fitToBudgets({ ...short, maxTokens, budgets: [use(prompt + tokens * 10_000n)] });
  assertEquals(at(10n, 10).kind, "go");
  assertEquals([at(9n, 10).kind, at(63n, 65).kind, at(64n, 65).kind], ["refuse", "refuse", "go"]);
});

Deno.test("heldOf() leaves a reply's fees out of people's shares only", () => {
  const held = (["tool", "organisation", "api_key", "person", "address"] as const)
    .map((scope) => heldOf({ scope }, 100n, 30n));
  assertEquals(held, [100n, 100n, 100n, 70n, 70n]);
});

const nano = (max: bigint) => fc.bigInt({ min: 0n, max });
const rates = fc.record({
  input: nano(20_000_000_000n),
  cachedInput: nano(20_000_000_000n),
  output: nano(80_000_000_000n),
});
const price = fc.tuple(rates, fc.array(fc.tuple(fc.nat(200_000), rates), { maxLength: 2 })).map(
  ([base, tiers]) => ({
    ...base,
    tiers: tiers.sort(([a], [b]) => a - b).map(([above, tier]) => ({ ...tier, above })),
  }),
);
const anyBudgetUse: fc.Arbitrary<BudgetUse> = fc.record({
  scope: fc.constant("tool" as const),
  id: fc.constant("tool"),
  window: fc.constant("day" as const),
  limit: fc.option(nano(100_000_000n)),
  spent: nano(90_000_000n),
  held: nano(20_000_000n),
});
const anyTurn = fc.record({
  budgets: fc.array(anyBudgetUse, { maxLength: 3 }),
  wanted: price.map((price) => ({ model: "wanted", price })),
  cheaper: fc.option(price.map((price) => ({ model: "cheaper", price }))),
  promptTokens: fc.nat(300_000),
  maxTokens: fc.integer({ min: 1, max: 8_192 }),
  ladder: fc.record({
    downgradeFrom: fc.option(fc.integer({ min: 1, max: 100 })),
    clamp: fc.boolean(),
  }),
});

Deno.test("fitToBudgets() never lifts spent plus held above any ceiling", () => {
  fc.assert(
    fc.property(anyTurn, (turn) => {
      const decision = fitToBudgets(turn);
      if (decision.kind === "refuse") return;
      for (const { limit, spent, held } of turn.budgets) {
        if (limit !== null) assert.ok(spent + held + decision.hold <= limit);
      }
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("fitToBudgets() holds enough for any usage within the bounds", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(anyTurn, share, share, share, (turn, used, cached, written) => {
      const decision = fitToBudgets({ ...turn, budgets: [] });
      assert.ok(decision.kind === "go");
      const input = Math.floor(turn.promptTokens * used);
      const output = Math.floor(decision.maxTokens * written);
      const usage = { input, cached: Math.floor(input * cached), output, reasoning: 0 };
      assert.ok(costOf(usage, decision.candidate.price) <= decision.hold);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("isUsedUp() is true where fitToBudgets() refuses whatever part of the holds is released", () => {
  assertEquals(isUsedUp({ ...usual, budgets: [use(DEAR, 0n, DEAR)] }), false);
  assertEquals(isUsedUp({ ...usual, budgets: [use(DEAR, DEAR)] }), true);
  fc.assert(
    fc.property(anyTurn, (turn) => {
      if (!isUsedUp(turn)) return;
      assertEquals(fitToBudgets(turn).kind, "refuse");
      const less = { ...turn, budgets: turn.budgets.map((each) => ({ ...each, held: 0n })) };
      assertEquals(fitToBudgets(less).kind, "refuse");
    }),
  );
});

Deno.test("fitToBudgets() chooses an offered model and an allowed length", () => {
  fc.assert(
    fc.property(anyTurn, (turn) => {
      const decision = fitToBudgets(turn);
      if (decision.kind === "refuse") return;
      const { candidate, maxTokens, hold, clamped, downgraded } = decision;
      assert.ok(candidate === turn.wanted || candidate === turn.cheaper);
      assertEquals(downgraded, candidate !== turn.wanted);
      assertEquals(hold, worstCase(turn.promptTokens, maxTokens, candidate.price));
      assert.ok(maxTokens >= 1 && maxTokens <= turn.maxTokens);
      if (!clamped) assertEquals(maxTokens, turn.maxTokens);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("fitToBudgets() keeps many concurrent turns below the ceiling, settled or not", () => {
  const costs = fc.array(fc.tuple(anyTurn, fc.double({ min: 0, max: 1, noNaN: true })));
  fc.assert(fc.property(nano(200_000_000n), costs, (ceiling, turns) => {
    let spent = 0n, held = 0n;
    for (const [turn, share] of turns) {
      const decision = fitToBudgets({ ...turn, budgets: [use(ceiling, spent, held)] });
      if (decision.kind === "refuse") continue;
      held += decision.hold;
      // About half of them settle at once, for a part of the hold.
      if (share < 0.5) continue;
      held -= decision.hold;
      spent += decision.hold * BigInt(Math.floor(share * 1_000)) / 1_000n;
      assert.ok(spent + held <= ceiling);
    }
    assert.ok(spent + held <= ceiling);
  }));
});
