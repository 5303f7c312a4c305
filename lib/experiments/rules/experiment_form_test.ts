import fc from "fast-check";
import { EFFORTS } from "@/lib/llm/rules/effort.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import type { ExperimentFields } from "../../shared/views/experiment_view.ts";
import { parsePlan, planFields, wrongShares } from "./experiment_form.ts";

const typed = fc.oneof(fc.string({ maxLength: 12 }), fc.integer({ min: -5, max: 400 }).map(String));
const variant = fc.record({
  note: fc.string({ maxLength: 220 }),
  share: fc.oneof(fc.constantFrom("50", "25", "20", "33", "34"), typed),
  systemPrompt: fc.string({ maxLength: 50 }),
  model: fc.constantFrom("gpt-4o", "mini", ""),
  effort: fc.constantFrom("", ...EFFORTS, "huge"),
  temperature: fc.constantFrom("0", "0.7", "1,5", "2", "3", "warm"),
  maxTokens: fc.constantFrom("1", "8192", "8193", "0", "1.5"),
});
const anyFields: fc.Arbitrary<ExperimentFields> = fc.record({
  tool: fc.constant("tutor"),
  name: fc.string({ maxLength: 90 }),
  measure: fc.constantFrom("rated", "phrase", "link", "export", "turns", "return"),
  phrase: fc.string({ maxLength: 110 }),
  turns: typed,
  include: typed,
  days: fc.oneof(fc.constant(""), typed),
  guard: fc.boolean(),
  variants: fc.array(variant, { maxLength: 6 }),
});

Deno.test("parsePlan() returns a plan or what is wrong, never both, for 3,000 random forms", () => {
  let plans = 0;
  const halves = fc.tuple(variant, variant).map((pair) =>
    pair.map((each) => ({ ...each, note: "", share: "50", effort: "", temperature: "1,5" }))
  );
  const fine = fc.record({ fields: anyFields, variants: halves }).map(({ fields, variants }) => ({
    ...fields,
    name: `x${fields.name}`.slice(0, 80).trim(),
    include: "50",
    days: "",
    variants: variants.map((each) => ({ ...each, model: "m", maxTokens: "9" })),
  }));
  fc.assert(
    fc.property(fc.oneof(anyFields, fine), (fields) => {
      const { plan, findings } = parsePlan(fields);
      assertEquals(plan === null, findings.length > 0);
      assert.ok(findings.every(({ text }) => text !== ""));
      if (plan === null) return;
      plans++;
      assertEquals(plan.variants.reduce((sum, { share }) => sum + share, 0), 100);
      // What is shown again is the same plan.
      const base = { systemPrompt: "", model: "m", effort: null, temperature: 1, maxTokens: 1 };
      const again = parsePlan(planFields({ ...plan, tool: "tutor" }, base));
      assertEquals(again.plan, plan);
    }),
    { numRuns: 3_000 },
  );
  assert.ok(plans > 300, `${plans} plans`);
});

Deno.test("wrongShares() takes 100 together, 0 only of a running variant", () => {
  const cases: [shares: number[], planned: boolean, running: boolean][] = [
    [[50, 50], true, true],
    [[34, 33, 33], true, true],
    [[99, 1], true, true],
    [[50, 50, 0], false, true],
    [[100, 0], false, false],
    [[0, 0], false, false],
    [[60, 50], false, false],
    [[150, -50], false, false],
    [[33.4, 33.3, 33.3], false, false],
    [[NaN, 50], false, false],
  ];
  for (const [shares, planned, running] of cases) {
    assertEquals(wrongShares(shares) === null, planned, shares.join());
    assertEquals(wrongShares(shares, true) === null, running, shares.join());
  }
});
