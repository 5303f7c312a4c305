import type { NanoUsd } from "../money.ts";

/** Letters of the variants; A is the tool as it was when the experiment started. */
export const LETTERS = ["A", "B", "C", "D", "E"] as const;
export type Letter = (typeof LETTERS)[number];

/** Experiment and letter of a variant, by its name in replies, ratings and the ledger. */
export function variantParts(name: string): { experiment: string; letter: Letter } | null {
  const [experiment = "", last] = name.split("-");
  const letter = LETTERS.find((each) => each === last);
  return letter === undefined ? null : { experiment, letter };
}

/** Letter of a reply's variant; null without one. */
export function letterOf(variant: string | null | undefined): Letter | null {
  return variantParts(variant ?? "")?.letter ?? null;
}

export type ExperimentState = "draft" | "running" | "paused" | "ended";

/** What an experiment counts as a success; one outcome per person. */
export type Measure =
  /** The person's first rating. */
  | { code: "rated" }
  /** The person wrote a phrase. */
  | { code: "phrase"; phrase: string }
  /** The person opened a link of a reply. */
  | { code: "link" }
  /** The person exported a conversation. */
  | { code: "export" }
  | { code: "turns"; turns: number }
  /** The person wrote again, 1 to 24 hours after the first turn. */
  | { code: "return" };

export interface Interval {
  low: number;
  high: number;
}

/** Successes of a number of units: people who rated, or people who came. */
export interface Counted {
  good: number;
  n: number;
}

/** The difference of a variant to A, as a share of 1. */
export interface Effect extends Interval {
  estimate: number;
  /** Of the same family as the interval: below alpha exactly where the interval excludes 0. */
  p: number;
}

/** The answer of an experiment, in terms of its units. */
export type ExperimentVerdict =
  /** Too few units: at least `needed` are required in each variant. */
  | { code: "thin"; needed: number; counts: Partial<Record<Letter, number>> }
  /** The counts do not fit the shares; nothing is claimed. */
  | { code: "unfair"; p: number; people: Partial<Record<Letter, number>> }
  /**
   * `winner`, with its `rate`, is better than each other variant; `effect` is its gain over `over`,
   * A if it can be.
   */
  | {
    code: "better";
    winner: Letter;
    over: Letter;
    rate: number;
    effect: Effect;
    shrunk: number;
  }
  /** Beyond the planned total without a difference; one would be smaller than `below`. */
  | { code: "no_difference"; below: number }
  /** `over` is a variant from which the leading one cannot be told yet. */
  | { code: "open"; leader: Letter; over: Letter; effect: Effect };

/** A variant's figures. */
export interface ArmReport {
  letter: Letter;
  /** What differs, in the admin's words; empty for A. */
  note: string;
  /** Percent. */
  share: number;
  people: number;
  counted: Counted;
  /** Null below 20 units. */
  rate: { rate: number; interval: Interval } | null;
  /** Null without conversations. */
  perConversation: NanoUsd | null;
  /** Mean time to the first word in ms; null without replies. */
  firstWordMs: number | null;
  turns: number;
  failed: number;
  /** Turns answered by a cheaper model or shortened, near a ceiling. */
  degraded: number;
  /** Turns that another model answered. */
  failedOver: number;
  /** Turns that a budget refused. */
  refused: number;
  /** Secondary figures; null while the ratio is unfair or the data thin. */
  chanceToBeBest: number | null;
  /** Expected loss when this variant is chosen, as a share of 1. */
  expectedLoss: number | null;
  /** The rate, shrunk toward the common one. */
  shrunk: number | null;
}

/** The effect of a variant up to and including a day. */
export interface EffectDay {
  /** `YYYY-MM-DD` */
  day: string;
  base: Counted;
  variant: Counted;
  /** Null before 20 units in each. */
  effect: Effect | null;
}

export interface EffectSeries {
  letter: Letter;
  days: EffectDay[];
  /** First day from which the band excludes 0 until now. */
  clearSince: string | null;
}

/** A possible cause of an unfair split, or its absence. */
export type RatioCheck =
  | { code: "early_failures"; letter: Letter; failed: number; people: number; model: string }
  | { code: "shares_kept" }
  | { code: "shares_changed"; at: number }
  | { code: "nobody_saw_two" }
  | { code: "some_saw_two"; people: number };

/** Why an experiment is paused. */
export type PauseReason =
  | { code: "admin"; by: string }
  | { code: "guard"; letter: Letter; guard: GuardCode };
export type GuardCode = "errors" | "cost" | "measure";

/** Where an experiment's tool is: among the tools, in the bin, or deleted for good. */
export type ToolPlace = "tools" | "bin" | "gone";

export interface ExperimentHead {
  id: string;
  name: string;
  /** As it is, or as it was put into the bin; of one that is gone only the id is known. */
  tool: { id: string; name: string; icon: string; version: number; place: ToolPlace };
  state: ExperimentState;
  measure: Measure;
  /** Days since the start, from 1; 0 for a draft. */
  day: number;
  startedAt: number | null;
  endedAt: number | null;
  endsAt: number | null;
  people: number;
  pausedAt: number | null;
  pause: PauseReason | null;
  imported: boolean;
  /** The version that a variant became. */
  promoted: { letter: Letter; version: number } | null;
  /** Null for a draft. */
  verdict: ExperimentVerdict | null;
  /** Weeks that a draft would need at the tool's traffic; null without traffic. */
  weeks: number | null;
}

export interface ExperimentReport {
  head: ExperimentHead;
  /** Version of the tool that A is, and the version that a winner would become. */
  baseVersion: number;
  nextVersion: number;
  /** Percent of the people who take part. */
  include: number;
  planned: number;
  arms: ArmReport[];
  series: EffectSeries[];
  /** Chance of such a split, or one further from the shares, while it is fair. */
  splitP: number;
  /** Causes to look at while the split is unfair. */
  checks: RatioCheck[];
  /** Whether guards pause it by themselves. */
  guard: boolean;
  /** Variants whose own model cannot be asked now: the tool's model answers for them. */
  unasked: { letter: Letter; model: string }[];
  /** Estimated days until each variant has 20 units; null when unknown or reached. */
  daysToFirst: number | null;
  /** Day on which a difference of 20 in 100 would be seen; null when unknown. */
  seenOn: string | null;
}

export interface ExperimentList {
  running: ExperimentHead[];
  waiting: ExperimentHead[];
  ended: ExperimentHead[];
  /** Tools with more than 200 people in 30 days. */
  busyTools: number;
}

/** The plan of a draft: what it would find at the tool's traffic. */
export interface PlanForecast {
  /**
   * What the units of `perWeek` are: ratings, close to people who rate; or people, estimated by
   * replies, as nothing counts a tool's people outside of experiments.
   */
  basis: "ratings" | "replies";
  /** Units a week, as seen in the last 28 days. */
  perWeek: number;
  /** The measure's rate today; null below 20 units. */
  rate: number | null;
  /** Rate that the plan is made to tell from `rate`. */
  target: number;
  /** Units in all variants together: the experiment's N*, fixed at its start. */
  planned: number;
  /** Null without traffic. */
  weeks: number | null;
  /** Smallest gain seen after some weeks, as a share of 1; null when none can be. */
  seen: { weeks: number; gain: number | null }[];
  /** Whether golden conversations are the better way: fewer than 200 people in 30 days. */
  quiet: boolean;
}

/** The plan's fields as typed. */
export interface ExperimentFields {
  tool: string;
  name: string;
  measure: Measure["code"];
  phrase: string;
  turns: string;
  include: string;
  /** Days until it ends; empty for by hand. */
  days: string;
  guard: boolean;
  variants: VariantFields[];
}

/** A variant's own fields as typed; A has a share only. */
export interface VariantFields {
  note: string;
  share: string;
  systemPrompt: string;
  model: string;
  effort: string;
  temperature: string;
  maxTokens: string;
}
