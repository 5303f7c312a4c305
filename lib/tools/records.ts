import { z } from "zod";
import { family } from "../store/key.ts";
import { toolSchema } from "./rules/tool.ts";

/** What was done to a tool; earlier versions stored it in words. */
const how = z.union([
  z.discriminatedUnion("code", [
    z.object({
      code: z.enum([
        "before",
        "changed",
        "created",
        "deleted",
        "discarded",
        "imported",
        "moved",
        "switched_off",
        "switched_on",
        "unbinned",
      ]),
    }),
    z.object({ code: z.literal("copied"), from: z.string() }),
    z.object({ code: z.literal("restored"), version: z.number() }),
  ]),
  z.string(),
]);

/** A state of a tool, kept when the next one came. */
export const toolVersion = z.object({
  tool: toolSchema,
  at: z.number(),
  /** Who made it so; empty for what was there before anybody changed it. */
  by: z.string(),
  how,
});

/** A deleted tool, as long as it can be taken back. */
export const binnedTool = z.object({ tool: toolSchema, at: z.number(), by: z.string() });

export type ToolVersion = z.output<typeof toolVersion>;
export type BinnedTool = z.output<typeof binnedTool>;

/** How long a deleted tool can be taken back. */
export const BIN_DAYS = 30;

/*
 *   key                                   value                          lives
 *   tools                                 changes with any tool          for ever
 *   tool, id                              a tool                         for ever
 *   tool_version, tool, number            a tool as it was, and by whom  50 a tool
 *   tool_bin, tool, time                  a tool that was deleted        30 days
 */

export const toolKeys = {
  tools: family<string, []>("tools", z.string()),
  tool: family<z.output<typeof toolSchema>, [id: string]>("tool", toolSchema),
  toolVersion: family<ToolVersion, [tool: string, number: number]>("tool_version", toolVersion),
  toolBin: family<BinnedTool, [tool: string, at: number]>("tool_bin", binnedTool),
} as const;
