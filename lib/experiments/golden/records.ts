import { z } from "zod";
import { LETTERS } from "../../shared/views/experiment_view.ts";
import { family } from "../../store/key.ts";
import { toolSchema } from "../../tools/rules/tool.ts";

const amount = z.bigint().min(0n);
const count = z.number().int().min(0);

export const GOLDEN_LIMITS = {
  examples: 100,
  question: 4_000,
  expects: 1_000,
  /** Earlier messages of an example, and their length. */
  earlier: 6,
  earlierText: 2_000,
  runs: 50,
  reason: 300,
} as const;

/** An example question with what a good answer has. */
const example = z.object({
  id: z.string(),
  question: z.string().trim().min(1).max(GOLDEN_LIMITS.question),
  expects: z.string().trim().max(GOLDEN_LIMITS.expects),
  earlier: z.array(z.object({
    role: z.enum(["user", "assistant"]),
    text: z.string().max(GOLDEN_LIMITS.earlierText),
  })).max(GOLDEN_LIMITS.earlier),
  /** The person's conversation that it was taken from, with which it is deleted. */
  from: z.object({ conversation: z.string(), message: z.string() }).nullable(),
  by: z.string(),
  at: z.number(),
});

const sideView = z.discriminatedUnion("code", [
  z.object({ code: z.literal("version"), version: count }),
  z.object({ code: z.literal("draft"), version: count }),
  z.object({ code: z.literal("variant"), experiment: z.string(), letter: z.enum(LETTERS) }),
  z.object({ code: z.literal("model"), model: z.string() }),
]);

/** Why a run stopped. */
const stop = z.discriminatedUnion("code", [
  /** By an admin. */
  z.object({ code: z.literal("asked") }),
  /** With its process. */
  z.object({ code: z.literal("closed") }),
  /** A budget has no room; null when replies under way hold what is left of it. */
  z.object({ code: z.literal("budget"), opensAt: z.number().nullable() }),
  z.object({ code: z.literal("fault") }),
  /** Its tool was deleted. */
  z.object({ code: z.literal("tool") }),
  /** A model has no price any more. */
  z.object({ code: z.literal("price"), model: z.string() }),
]);

/** Two versions of a tool that answer the same examples. */
const run = z.object({
  id: z.string(),
  tool: z.string(),
  at: z.number(),
  by: z.string(),
  sides: z.object({ a: sideView, b: sideView }),
  examples: z.array(z.string()).max(GOLDEN_LIMITS.examples),
  /** Stored name of the model that judges; null when only people do. */
  judge: z.string().nullable(),
  /** A dropped one is being deleted. */
  state: z.enum(["running", "done", "stopped", "dropped"]),
  stop: stop.nullable().default(null),
  /** The process that makes it. */
  process: z.string(),
  /** Times that it was begun or gone on with: an earlier one's process writes nothing more. */
  making: count.default(1),
  /** Form that started it, see {@link goldenKeys.started}. */
  form: z.string().nullable().default(null),
});

/** Cost of all calls of a run, and the part of it for calls whose result was lost. */
const cost = z.object({ usd: amount, lost: amount });

/** A version's reply to an example. */
const reply = z.object({
  text: z.string(),
  /** Whether none came. */
  failed: z.boolean(),
  usd: amount,
});

/** A judge's opinion of an example's two replies. */
const judgement = z.object({
  /** Skipped ones come again at the end. */
  pick: z.enum(["a", "b", "same", "skipped"]),
  /** The judging model's reason. */
  why: z.string().max(GOLDEN_LIMITS.reason),
  at: z.number(),
  usd: amount,
});

export type GoldenExample = z.output<typeof example>;
export type GoldenRun = z.output<typeof run>;
export type RunCost = z.output<typeof cost>;
export type StopReason = z.output<typeof stop>;
export type GoldenReply = z.output<typeof reply>;
export type Judgement = z.output<typeof judgement>;

/** Judge of a model's judgements; an admin's is their e-mail address. */
export const MODEL_JUDGE = "model";

/*
 *   key                                   value                          lives
 *   golden, tool, id                      an example                     for ever
 *   golden_taken, conversation, tool, id  an example's conversation      as the example
 *   golden_run, tool, run                 a run                          50 a tool
 *   golden_cost, run                      a run's cost                   as the run
 *   golden_started, tool, form            the run that a form started    an hour
 *   golden_side, run, side                a side's tool                  as the run
 *   golden_reply, run, example, side      a reply                        as the run
 *   golden_judgement, run, example, judge a judge's opinion              as the run
 */

const FORM_MS = 60 * 60_000;

export const goldenKeys = {
  example: family<GoldenExample, [tool: string, id: string]>("golden", example),
  taken: family<boolean, [conversation: string, tool: string, id: string]>(
    "golden_taken",
    z.boolean(),
  ),
  run: family<GoldenRun, [tool: string, run: string]>("golden_run", run),
  cost: family<RunCost, [run: string]>("golden_cost", cost),
  started: family<string, [tool: string, form: string]>("golden_started", z.string(), {
    lifetime: FORM_MS,
  }),
  side: family<z.output<typeof toolSchema>, [run: string, side: string]>("golden_side", toolSchema),
  reply: family<GoldenReply, [run: string, example: string, side: string]>("golden_reply", reply),
  judgement: family<Judgement, [run: string, example: string, judge: string]>(
    "golden_judgement",
    judgement,
  ),
} as const;

/** The tool of a run's id, which begins with it. */
export function toolOfRun(run: string): string {
  return run.split("~")[0] ?? "";
}
