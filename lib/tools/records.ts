import { z } from "zod";
import { family } from "../store/key.ts";
import { toolSchema } from "./rules/tool.ts";

/** The kind of a change; earlier versions of the program stored a text. */
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
    z.object({ code: z.literal("model_replaced"), from: z.string(), to: z.string() }),
    z.object({ code: z.literal("promoted"), name: z.string(), letter: z.string() }),
    z.object({ code: z.literal("restored"), version: z.number() }),
  ]),
  z.string(),
]);

/** A tool's version, stored for its history. */
export const toolVersion = z.object({
  tool: toolSchema,
  at: z.number(),
  /** The admin who made it; empty for a version from before the history. */
  by: z.string(),
  how,
});

/** A deleted tool in the bin. */
const binnedTool = z.object({ tool: toolSchema, at: z.number(), by: z.string() });

export type ToolVersion = z.output<typeof toolVersion>;
export type BinnedTool = z.output<typeof binnedTool>;

/** The day of the last log of ending models, and the alert raised last for each. */
const toldEnds = z.object({ day: z.string(), steps: z.record(z.string(), z.number()) });

/** Days for which a deleted tool can be restored. */
export const BIN_DAYS = 30;

/*
 *   key                                   value                          lives
 *   tools                                 changes with any tool          for ever
 *   tool, id                              a tool                         for ever
 *   tool_version, tool, number            a version and its author       50 a tool
 *   tool_bin, tool, time                  a deleted tool                 30 days
 *   tool_deleted, tool                    its versions may be left       for ever
 *   model_ends                            the ends that were told of     for ever
 */

export const toolKeys = {
  tools: family<string, []>("tools", z.string()),
  tool: family<z.output<typeof toolSchema>, [id: string]>("tool", toolSchema),
  toolVersion: family<ToolVersion, [tool: string, number: number]>("tool_version", toolVersion),
  /** A tool that was deleted once: its id, to which records of people refer, is given to no other. */
  deleted: family<boolean, [tool: string]>("tool_deleted", z.boolean()),
  modelEnds: family<z.output<typeof toldEnds>, []>("model_ends", toldEnds),
  toolBin: family<BinnedTool, [tool: string, at: number]>("tool_bin", binnedTool),
} as const;
