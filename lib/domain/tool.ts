import { z } from "zod";
import type { ToolView } from "../shared/chat_view.ts";

/** Bounds of what an admin may set. */
export const TOOL_LIMITS = {
  id: 64,
  name: 80,
  description: 300,
  systemPrompt: 20_000,
  maxTokens: 8_192,
  starters: 6,
  starter: 200,
} as const;

export const toolId = z.string().regex(
  /^[a-z0-9][a-z0-9-]{0,63}$/,
  "lower-case letters, digits and hyphens, at most 64",
);

/** One step of what happens as a day's ceiling comes near; `from` is a share of it in percent. */
export const ladderSchema = z.object({
  downgradeFrom: z.number().int().min(1).max(100).nullable(),
  clamp: z.boolean(),
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
  ladder: ladderSchema,
  starters: z.array(z.string().max(TOOL_LIMITS.starter)).max(TOOL_LIMITS.starters),
});

export type Tool = z.output<typeof toolSchema>;

/** What leaves the server of a tool. */
export function toolView(tool: Tool): ToolView {
  const { id, name, description, icon, model, starters } = tool;
  return { id, name, description, icon, model, starters };
}
