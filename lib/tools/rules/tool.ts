import { z } from "zod";
import type { Takes } from "../../locales/errors/codes.ts";
import type { ToolView } from "../../shared/views/chat_view.ts";

/** Bounds of what an admin may set. */
export const TOOL_LIMITS = {
  id: 64,
  name: 80,
  description: 300,
  systemPrompt: 20_000,
  maxTokens: 8_192,
  starters: 6,
  starter: 200,
  scope: 500,
  examples: 6,
  question: 400,
  answer: 1_200,
  /** UTF-16 units of all texts together: what one record of the store holds. */
  texts: 28_000,
} as const;

/** The code of what it takes. */
const TOOL_ID: Takes = "toolId";
export const toolId = z.string(TOOL_ID).regex(/^[a-z0-9][a-z0-9-]{0,63}$/, TOOL_ID);

/** One step of what happens as a day's ceiling comes near; `from` is a share of it in percent. */
export const degradationSchema = z.object({
  downgradeFrom: z.number().int().min(1).max(100).nullable(),
  clamp: z.boolean(),
});

/** What the tool is for on WhatsApp, where general assistants are not allowed. */
export const whatsappSchema = z.object({
  enabled: z.boolean(),
  scope: z.string().max(TOOL_LIMITS.scope),
});

/** A question and how it should be answered, shown to the model. */
export const exampleSchema = z.object({
  question: z.string().trim().min(1).max(TOOL_LIMITS.question),
  answer: z.string().trim().min(1).max(TOOL_LIMITS.answer),
});

/** The original's settings for an A/B test, kept from an import for whoever sets one up here. */
export const importedExperimentSchema = z.object({
  enabled: z.boolean(),
  prompt: z.string().max(TOOL_LIMITS.systemPrompt),
  split: z.string().max(20),
  duration: z.string().max(20),
  preview: z.boolean(),
});

/** A tool as stored: an assistant with a name, a model, a prompt and a daily ceiling. */
export const toolSchema = z.object({
  id: toolId,
  name: z.string().trim().min(1).max(TOOL_LIMITS.name),
  description: z.string().max(TOOL_LIMITS.description),
  icon: z.string().max(16),
  systemPrompt: z.string().max(TOOL_LIMITS.systemPrompt),
  model: z.string().min(1).max(100),
  temperature: z.number().min(0).max(2),
  maxTokens: z.number().int().min(1).max(TOOL_LIMITS.maxTokens),
  active: z.boolean(),
  order: z.number().int(),
  /** The most this tool may cost in a day, in nano-dollars; null for no ceiling. */
  ceiling: z.bigint().min(0n).nullable(),
  /** The cheaper model for when the ceiling comes near; null lets the program choose. */
  fallbackModel: z.string().max(100).nullable(),
  ladder: degradationSchema,
  starters: z.array(z.string().max(TOOL_LIMITS.starter)).max(TOOL_LIMITS.starters),
  // What came later: a tool that was stored before reads as one that has none of it.
  whatsapp: whatsappSchema.default({ enabled: false, scope: "" }),
  examples: z.array(exampleSchema).max(TOOL_LIMITS.examples).default([]),
  experiment: importedExperimentSchema.nullable().default(null),
  /** Counts the changes of its content, so that one admin never overwrites another unseen. */
  version: z.number().int().min(1).default(1),
});

export type Tool = z.output<typeof toolSchema>;
export type Example = z.output<typeof exampleSchema>;

/** Everything that is written in a tool. */
export function toolTexts(tool: Tool): string[] {
  return [
    tool.name,
    tool.description,
    tool.systemPrompt,
    tool.whatsapp.scope,
    tool.experiment?.prompt ?? "",
    ...tool.starters,
    ...tool.examples.flatMap(({ question, answer }) => [question, answer]),
  ];
}

/** UTF-16 units of everything that is written in a tool. */
export function textLength(tool: Tool): number {
  return toolTexts(tool).reduce((sum, text) => sum + text.length, 0);
}

/** What a model is told before the conversation: the tool's prompt, and its examples if there are any. */
export function systemPromptOf(
  { systemPrompt, examples }: Pick<Tool, "systemPrompt" | "examples">,
): string {
  if (examples.length === 0) return systemPrompt;
  const shown = examples.map(({ question, answer }) =>
    `<example>\n<question>\n${question}\n</question>\n<reply>\n${answer}\n</reply>\n</example>`
  );
  const heading = "Examples of replies as they should be:";
  return [systemPrompt, heading, ...shown].filter((part) => part !== "").join("\n\n");
}

/** What leaves the server of a tool. */
export function toolView(tool: Tool): ToolView {
  const { id, name, description, icon, model, starters } = tool;
  return { id, name, description, icon, model, starters };
}
