import { z } from "zod";
import { toolSchema } from "./rules/tool.ts";

/** A state of a tool, kept when the next one came. */
export const toolVersion = z.object({
  tool: toolSchema,
  at: z.number(),
  /** Who made it so; empty for what was there before anybody changed it. */
  by: z.string(),
  /** What was done, in a word or two. */
  how: z.string(),
});

/** A deleted tool, as long as it can be taken back. */
export const binnedTool = z.object({ tool: toolSchema, at: z.number(), by: z.string() });

export type ToolVersion = z.output<typeof toolVersion>;
export type BinnedTool = z.output<typeof binnedTool>;
