import { z } from "zod";
import { EFFORTS } from "../../llm/rules/effort.ts";
import type { Takes } from "../../locales/errors/codes.ts";
import type { ToolView } from "../../shared/views/chat_view.ts";

/** Limits of an admin's settings. */
export const TOOL_LIMITS = {
  id: 64,
  name: 80,
  description: 300,
  systemPrompt: 20_000,
  maxTokens: 8_192,
  starters: 6,
  starter: 200,
  group: 40,
  scope: 500,
  examples: 6,
  chain: 4,
  question: 400,
  answer: 1_200,
  /** UTF-16 units of all texts together, so that a tool fits into one record. */
  texts: 28_000,
} as const;

/** Error code of the format. */
const TOOL_ID: Takes = "toolId";
export const toolId = z.string(TOOL_ID).regex(/^[a-z0-9][a-z0-9-]{0,63}$/, TOOL_ID);

/** Degradation policy of a tool; `downgradeFrom` is a percentage of its daily ceiling. */
const degradationSchema = z.object({
  downgradeFrom: z.number().int().min(1).max(100).nullable(),
  clamp: z.boolean(),
});

/** Purpose of the tool on WhatsApp, where general assistants are not allowed. */
const whatsappSchema = z.object({
  enabled: z.boolean(),
  scope: z.string().max(TOOL_LIMITS.scope),
});

/** An example question with its answer, part of the prompt. */
const exampleSchema = z.object({
  question: z.string().trim().min(1).max(TOOL_LIMITS.question),
  answer: z.string().trim().min(1).max(TOOL_LIMITS.answer),
});

/** A tool as stored: an assistant with a name, a prompt, a model and a daily ceiling. */
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
  /** Daily ceiling in nano-dollars; null for none. */
  ceiling: z.bigint().min(0n).nullable(),
  /** Cheaper model near the ceiling; null for the program's choice. */
  fallbackModel: z.string().max(100).nullable(),
  ladder: degradationSchema,
  starters: z.array(z.string().max(TOOL_LIMITS.starter)).max(TOOL_LIMITS.starters),
  // Later fields have defaults, so that records from before them are valid.
  whatsapp: whatsappSchema.default({ enabled: false, scope: "" }),
  /** Heading under which the home page shows it; "" for none. */
  group: z.string().trim().max(TOOL_LIMITS.group).default(""),
  examples: z.array(exampleSchema).max(TOOL_LIMITS.examples).default([]),
  /** Reasoning effort; null for the least that the model takes. */
  effort: z.enum(EFFORTS).nullable().default(null),
  /**
   * Stored names of the models asked in this order when the tool's own fails; null for the
   * organisation's chain.
   */
  chain: z.array(z.string().min(1).max(100)).max(TOOL_LIMITS.chain).nullable().default(null),
  /** Version of the content, for optimistic locking between admins. */
  version: z.number().int().min(1).default(1),
});

export type Tool = z.output<typeof toolSchema>;
export type Example = z.output<typeof exampleSchema>;

/** All texts of a tool. */
export function toolTexts(tool: Tool): string[] {
  return [
    tool.name,
    tool.description,
    tool.group,
    tool.systemPrompt,
    tool.whatsapp.scope,
    ...tool.starters,
    ...tool.examples.flatMap(({ question, answer }) => [question, answer]),
  ];
}

/** Total length of a tool's texts, in UTF-16 units. */
export function textLength(tool: Tool): number {
  return toolTexts(tool).reduce((sum, text) => sum + text.length, 0);
}

/** Full system prompt: the tool's prompt, then its examples. */
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

/** The public fields of a tool. */
export function toolView(tool: Tool): ToolView {
  const { id, name, description, icon, model, starters } = tool;
  return { id, name, description, icon, model, starters };
}
