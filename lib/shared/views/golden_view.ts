import type { NanoUsd } from "../money.ts";
import type { Letter } from "./experiment_view.ts";

/** One of the two versions of a run: `a` is the one in use, `b` the other. */
export type Side = "a" | "b";

/** What a side of a run is. */
export type SideView =
  | { code: "version"; version: number }
  /** What stands in the editor, which would become a version. */
  | { code: "draft"; version: number }
  | { code: "variant"; experiment: string; letter: Letter }
  | { code: "model"; model: string };

/** How `b` did against `a`. */
export type Comparison = "better" | "same" | "worse";

/** An example question with what a good answer has. */
export interface GoldenExampleView {
  id: string;
  question: string;
  expects: string;
  /** Earlier messages of the conversation that it was taken from. */
  earlier: { role: "user" | "assistant"; text: string }[];
  /** Whether it was taken from a person's conversation, with which it is deleted. */
  taken: boolean;
  /** Result of the tool's last run; null when it was not in it, or is not judged. */
  last: { comparison: Comparison; judges: string[]; byModel: boolean; at: number } | null;
}

/** The sign test over the judged examples of a run. */
export interface GoldenSummary {
  better: number;
  worse: number;
  same: number;
  /** Examples without a judgement. */
  open: number;
  /** Of the sign test, two-sided; null without a difference. */
  p: number | null;
  clear: boolean;
  /** Wins that would be clear among as many that differ; null when too few for any. */
  clearFrom: number | null;
}

export interface GoldenRunView {
  id: string;
  tool: { id: string; name: string };
  at: number;
  by: string;
  sides: Record<Side, SideView>;
  state: "running" | "done" | "stopped" | "interrupted";
  /** Why it stopped, where no admin did; a budget may open again at a time. */
  stop:
    | { code: "budget"; opensAt: number | null }
    | { code: "price"; model: string }
    | { code: "fault" | "tool" }
    | null;
  /** Examples with parts that going on would ask for. */
  lacking: number;
  /** Replies made, and replies in all. */
  made: number;
  total: number;
  failed: number;
  spent: NanoUsd;
  /** The part of it for calls whose result was lost. */
  lost: NanoUsd;
  /** The model that judged, if one did. */
  judgeModel: string | null;
  /** The admins who judged. */
  judges: string[];
  summary: GoldenSummary;
  rows: GoldenRowView[];
}

export interface GoldenRowView {
  example: string;
  question: string;
  /** Null without a judgement. */
  comparison: Comparison | null;
  judges: string[];
  byModel: boolean;
  /** The judging model's reason. */
  why: string;
  /** Null while it is not made. */
  failed: Record<Side, boolean | null>;
}

/** The tools' examples, and the chosen tool's. */
export interface GoldenListView {
  tools: { id: string; name: string; examples: number }[];
  tool: { id: string; name: string; model: string; version: number } | null;
  examples: GoldenExampleView[];
  lastRun: GoldenRunView | null;
  runs: Pick<GoldenRunView, "id" | "at" | "sides" | "state" | "summary">[];
  /** Typical cost of one version's replies to all examples; null when unknown. */
  cost: NanoUsd | null;
}

/** Two replies to judge, without a word of which is which. */
export interface GoldenPairView {
  run: string;
  example: string;
  tool: string;
  /** From 1. */
  place: number;
  total: number;
  judged: number;
  question: string;
  expects: string;
  earlier: { role: "user" | "assistant"; text: string }[];
  /** Rendered replies. */
  left: string;
  right: string;
  /** Whether the admin judged one before, which can be taken back. */
  canUndo: boolean;
}

/** The golden conversations' word about a draft in the editor. */
export interface DraftGoldenView {
  examples: number;
  /** Typical cost of a run of both versions with a judging model; null when unknown. */
  cost: NanoUsd | null;
  /** The model that `cost` is of. */
  model: string;
  run: GoldenRunView | null;
  /** Whether the draft is another than the run's. */
  changed: boolean;
}
