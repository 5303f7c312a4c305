import { z } from "zod";
import { ORIGINAL_EXPERIMENT } from "../../../locales/admin/experiments/checks.ts";
import { TOOL_LIMITS } from "../../../tools/rules/tool.ts";
import type { ExperimentPlan } from "../../rules/experiment_form.ts";
import { contentOf, EXPERIMENT_LIMITS, type VariantContent } from "../../rules/variant_content.ts";

/** The A/B test of a tool of the original. */
const originalTest = z.object({
  prompt: z.string().max(TOOL_LIMITS.systemPrompt),
  split: z.string().catch(""),
  duration: z.string().catch(""),
});

const DAYS: ReadonlyMap<string, number> = new Map([
  ["1-week", 7],
  ["2-weeks", 14],
  ["1-month", 30],
]);

/**
 * The original's A/B test as a plan: A is the tool, B has the other prompt. Ratings are counted,
 * since the original measured nothing. Null for a test without another prompt.
 */
export function originalPlan(
  test: unknown,
  tool: VariantContent & { name: string },
): ExperimentPlan | null {
  const { data } = originalTest.safeParse(test);
  if (!data || data.prompt.trim() === "") return null;
  const [a, b] = sharesIn(data.split);
  return {
    name: ORIGINAL_EXPERIMENT.name(tool.name).slice(0, EXPERIMENT_LIMITS.name).trim(),
    measure: { code: "rated" },
    include: 100,
    days: DAYS.get(data.duration) ?? null,
    guard: true,
    variants: [
      { letter: "A", note: "", share: a },
      { letter: "B", note: ORIGINAL_EXPERIMENT.note, share: b },
    ],
    contents: { B: { ...contentOf(tool), systemPrompt: data.prompt } },
  };
}

/** Shares such as `70-30`; halves for anything else. */
function sharesIn(split: string): [number, number] {
  const [, a, b] = /^([1-9]\d?)-([1-9]\d?)$/.exec(split.trim()) ?? [];
  return Number(a) + Number(b) === 100 ? [Number(a), Number(b)] : [50, 50];
}
