import fc from "fast-check";
import { assertEquals } from "@/tests/support/assert.ts";
import { KEY_LIMITS } from "../../api/rules/key_limits.ts";
import { settingsSchema } from "../../settings/rules/settings.ts";
import {
  budgetChanges,
  budgetConflicts,
  budgetFields,
  budgetFindings,
  type BudgetState,
  changedBudgets,
} from "./budget_fields.ts";

const amount = fc.option(fc.bigInt(0n, 10n ** 15n), { nil: null });
const keyAmount = fc.option(fc.bigInt(0n, KEY_LIMITS.amount), { nil: null });
/** Plain objects, as the store has. */
const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { noNullPrototype: true });
const state: fc.Arbitrary<BudgetState> = record({
  settings: record({
    limits: record({
      organisationCeiling: fc.oneof(amount, fc.constant("none" as const)),
      personShare: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null }),
      addressShare: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null }),
      chatPerMinute: fc.constant(7),
      whatsappPerMinute: fc.constant(null),
      linkingPer5Minutes: fc.constant(null),
      adminPer5Minutes: fc.constant(null),
      mediaMegabytes: fc.constant(null),
    }),
    budgets: record({
      organisationMonth: amount,
      toolDay: amount,
      toolMonth: amount,
      toolMonths: fc.dictionary(fc.constantFrom("a", "b", "gone"), amount, {
        noNullPrototype: true,
      }),
      onPhone: record({ day: amount, month: amount }),
      onPage: record({ day: amount, month: amount }),
      addressDay: amount,
      freeReplies: fc.nat(1_000_000),
    }),
  }),
  tools: fc.tuple(amount, amount).map((
    [a, b],
  ) => [{ id: "a", ceiling: a }, { id: "b", ceiling: b }]),
  keys: fc.tuple(keyAmount, keyAmount).map(([day, month]) => [{ id: "k", day, month }]),
});

/** The state after changes. */
function changed(now: BudgetState, changes: ReturnType<typeof budgetChanges>): BudgetState {
  return {
    settings: {
      limits: changes.limits(now.settings.limits),
      budgets: changes.budgets(now.settings.budgets),
    },
    tools: now.tools.map((tool) => ({
      id: tool.id,
      ceiling: (changes.ceilings.find(({ id }) => id === tool.id) ?? { after: tool.ceiling }).after,
    })),
    keys: now.keys.map((key) => ({
      ...key,
      ...changes.keys.find(({ id }) => id === key.id)?.after,
    })),
  };
}

Deno.test("budgetChanges() turns the fields of any state into that state, and touches nothing else", () => {
  fc.assert(fc.property(state, state, (from, to) => {
    const [was, typed] = [budgetFields(from), budgetFields(to)];
    const names = changedBudgets(was, typed);
    assertEquals(budgetFindings(names, typed, was), []);
    const after = changed(from, budgetChanges(names, typed, from));
    assertEquals(budgetFields(after), typed);
    const unchanged = changed(from, budgetChanges([], typed, from));
    assertEquals(unchanged, from);
    // The month of a tool in the bin stays.
    assertEquals(after.settings.budgets.toolMonths.gone, from.settings.budgets.toolMonths.gone);
    assertEquals(after.settings.limits.chatPerMinute, 7);
  }));
});

Deno.test("budgetConflicts() names what both changed to different values, and no more", () => {
  fc.assert(fc.property(state, state, state, (base, mine, theirs) => {
    const was = budgetFields(base), typed = budgetFields(mine), now = budgetFields(theirs);
    const conflicts = budgetConflicts({ was, typed, now });
    for (const name of Object.keys(typed)) {
      const both = typed[name] !== was[name] && now[name] !== was[name];
      assertEquals(conflicts.includes(name), both && typed[name] !== now[name], name);
    }
  }));
});

Deno.test("budgetFindings() refuses what is no amount, and fields that are gone", () => {
  const now = budgetFields({
    settings: settingsSchema.parse({}),
    tools: [{ id: "a", ceiling: null }],
    keys: [],
  });
  const found = (typed: Record<string, string>) =>
    budgetFindings(Object.keys(typed), typed, now).map(({ field }) => field);
  assertEquals(found({ toolDay: "1,5", organisationDay: "NONE", "tool-month-a": "none" }), []);
  const wrong = {
    toolDay: "-1",
    organisationMonth: "none",
    organisationDay: "much",
    personShare: "0",
    freeReplies: "",
    "tool-day-a": "none",
    "tool-month-a": "1e3",
    "key-day-k": "1",
  };
  assertEquals(found(wrong), Object.keys(wrong));
  const shares = ["", "1", "100", "101", "1.5"].map((personShare) => found({ personShare }).length);
  assertEquals(shares, [0, 0, 0, 1, 1]);
});

Deno.test("budgetFindings() takes a key's limit as far as the key's own form does", () => {
  const [field, month] = ["key-day-k", "key-month-k"];
  const now = { [field]: "", [month]: "" };
  const found = (text: string) => budgetFindings([field], { [field]: text }, now).length;
  assertEquals(["", "0", "100000", "100000.01", "-1", "x"].map(found), [0, 0, 0, 1, 1, 1]);
  const both = { [field]: "100001", [month]: "100001" };
  assertEquals(budgetFindings([field, month], both, now).length, 2);
});
