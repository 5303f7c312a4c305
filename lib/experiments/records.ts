import { z } from "zod";
import { type Letter, LETTERS } from "../shared/views/experiment_view.ts";
import { family } from "../store/key.ts";
import {
  EXPERIMENT_LIMITS,
  measureSchema,
  type VariantContent,
  variantContent,
} from "./rules/variant_content.ts";

const count = z.number().int().min(0);
const letter = z.enum(LETTERS);

const variant = z.object({
  letter,
  /** What differs, in the admin's words. */
  note: z.string().max(EXPERIMENT_LIMITS.note),
  /** Percent of the people who take part. */
  share: z.number().int().min(0).max(100),
});

const pauseReason = z.discriminatedUnion("code", [
  z.object({ code: z.literal("admin"), by: z.string() }),
  z.object({
    code: z.literal("guard"),
    letter,
    guard: z.enum(["errors", "cost", "measure"]),
  }),
]);

/** An A/B test of a tool; the variants' contents have records of their own, for their size. */
const storedExperiment = z.object({
  id: z.string().regex(/^[a-z0-9]{10}$/),
  tool: z.string(),
  name: z.string().trim().min(1).max(EXPERIMENT_LIMITS.name),
  state: z.enum(["draft", "running", "paused", "ended"]),
  variants: z.array(variant).min(2).max(LETTERS.length),
  measure: measureSchema,
  /** Percent of the people who take part; fixed at the start. */
  include: z.number().int().min(1).max(100),
  /** Planned length; null: until it is ended. */
  days: z.number().int().min(1).max(EXPERIMENT_LIMITS.days).nullable(),
  /** Whether a variant that is clearly worse pauses it. */
  guard: z.boolean(),
  /** Seed of the assignment. */
  seed: z.string(),
  /** Whether it came with an imported tool. */
  imported: z.boolean(),
  by: z.string(),
  createdAt: z.number(),
  /** Fixed at the start: the tool's version that A is, and the planned units of all variants. */
  startedAt: z.number().nullable(),
  baseVersion: count.nullable(),
  planned: count.nullable(),
  endsAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  pausedAt: z.number().nullable(),
  pause: pauseReason.nullable(),
  /** Shares since the start, in the order of `variants`. */
  shareChanges: z.array(z.object({ at: z.number(), shares: z.array(count) })),
  promoted: z.object({ letter, version: count, at: z.number() }).nullable(),
  /** For optimistic locking between admins. */
  revision: count,
});

/** The variant that a visitor gets, until the experiment ends. */
export const arm = z.object({
  experiment: z.string(),
  letter,
  /** The visitor by whom the person is counted; another one's after linking. */
  person: z.string(),
  /** Day of the person's first turn. */
  day: z.string(),
});

/** A person in an experiment; counts once, whatever they use. */
export const participation = z.object({
  letter,
  /** Day and time of the first turn. */
  day: z.string(),
  at: z.number(),
  /** Turns that were answered. */
  turns: count,
  /** The rating that counts: the first, until it is withdrawn. */
  rated: z.object({ message: z.string(), verdict: z.enum(["up", "down"]), day: z.string() })
    .nullable(),
  reached: z.boolean(),
});

/** Counts of a variant's day. Its cost is in the ledger's sums of the variant. */
export const armDay = z.object({
  /** People whose first turn was on this day. */
  people: count,
  /** People whose counted rating was first given on this day. */
  up: count,
  down: count,
  /** People of this day's first turns who have reached the goal since. */
  reached: count,
  conversations: count,
  turns: count,
  failed: count,
  /** Failed first turns of a person. */
  failedFirst: count,
  /** People who had another variant before their devices were linked; they count there. */
  sawTwo: count.default(0),
  degraded: count,
  failedOver: count,
  refused: count,
  /** Replies with a known time to the first word, and the sum of these times in ms. */
  waits: count,
  waitedMs: z.number().min(0),
});

export type StoredExperiment = z.output<typeof storedExperiment>;
/** An experiment with what its variants are. */
export interface Experiment extends StoredExperiment {
  /** A has none in a draft: it is the tool as it will be at the start. */
  contents: Readonly<Partial<Record<Letter, VariantContent>>>;
}
export type Variant = z.output<typeof variant>;
export type Arm = z.output<typeof arm>;
export type Participation = z.output<typeof participation>;
export type ArmDay = z.output<typeof armDay>;
/** The counts of a variant's day, with their place. */
export interface ArmDayRow extends ArmDay {
  day: string;
  letter: string;
}

/** Days for which people are recognised after their last turn in an experiment. */
export const PERSON_DAYS = 400;
const DAY = 24 * 60 * 60_000;

/*
 *   key                                   value                          lives
 *   experiments                           changes with any experiment    for ever
 *   experiment, id                        an experiment                  for ever
 *   experiment_variant, id, letter        what a variant is              for ever
 *   experiment_arm, visitor, tool         a visitor's variant            400 days
 *   experiment_person, experiment, person what counts of a person        400 days
 *   experiment_day, experiment, day, letter  counts of a variant's day   for ever
 */

export const experimentKeys = {
  experiments: family<string, []>("experiments", z.string()),
  experiment: family<StoredExperiment, [id: string]>("experiment", storedExperiment),
  variant: family<VariantContent, [id: string, letter: string]>(
    "experiment_variant",
    variantContent,
  ),
  arm: family<Arm, [visitor: string, tool: string]>("experiment_arm", arm, {
    lifetime: PERSON_DAYS * DAY,
  }),
  person: family<Participation, [experiment: string, person: string]>(
    "experiment_person",
    participation,
    { lifetime: PERSON_DAYS * DAY },
  ),
  day: family<ArmDay, [experiment: string, day: string, letter: string]>("experiment_day", armDay),
} as const;

/** The variant's name in replies, ratings and the ledger. */
export function variantName(experiment: string, letter: string): string {
  return `${experiment}-${letter}`;
}
