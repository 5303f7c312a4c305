import { z } from "zod";
import { EFFORTS } from "../../llm/rules/effort.ts";
import { TOOL_LIMITS } from "../../tools/rules/tool.ts";

export const EXPERIMENT_LIMITS = {
  name: 80,
  note: 200,
  phrase: 100,
  turns: 50,
  days: 365,
} as const;

/** What makes a variant: the tool's fields that it has of its own. */
export const variantContent = z.object({
  systemPrompt: z.string().max(TOOL_LIMITS.systemPrompt),
  model: z.string().min(1).max(100),
  effort: z.enum(EFFORTS).nullable(),
  temperature: z.number().min(0).max(2),
  maxTokens: z.number().int().min(1).max(TOOL_LIMITS.maxTokens),
});
export type VariantContent = z.output<typeof variantContent>;

/** The event that counts as a success of a person. */
export const measureSchema = z.discriminatedUnion("code", [
  z.object({ code: z.literal("rated") }),
  z.object({ code: z.literal("phrase"), phrase: z.string().min(1).max(EXPERIMENT_LIMITS.phrase) }),
  z.object({ code: z.literal("link") }),
  z.object({ code: z.literal("export") }),
  z.object({
    code: z.literal("turns"),
    turns: z.number().int().min(2).max(EXPERIMENT_LIMITS.turns),
  }),
  z.object({ code: z.literal("return") }),
]);

/** A tool's own fields that a variant may have otherwise. */
export function contentOf(tool: VariantContent): VariantContent {
  const { systemPrompt, model, effort, temperature, maxTokens } = tool;
  return { systemPrompt, model, effort, temperature, maxTokens };
}
