import type { NanoUsd } from "../money.ts";

/** What people thought of replies. */
export interface Satisfaction {
  up: number;
  down: number;
  /** Between which shares, from 0 to 1, the true one lies with 95% confidence; null of no ratings. */
  range: { low: number; high: number } | null;
}

/** What happened in some time, of everything or a part of it. */
export interface Figures {
  spent: NanoUsd;
  /** The part of it that was never billed, for the replies were simulated. */
  simulated: NanoUsd;
  /** Replies that cost something. */
  messages: number;
  input: number;
  cached: number;
  output: number;
  /** Share of the turns that ended with an error, from 0 to 1; null when none was counted. */
  errorRate: number | null;
  errors: number;
  /** Milliseconds to the first words of a reply, that half and 95% of them did not exceed. */
  wait50: number | null;
  wait95: number | null;
  satisfaction: Satisfaction;
}

/** A tool, model or channel in a report. */
export interface ReportLine {
  name: string;
  label: string;
  figures: Figures;
  /** Percent of all spending. */
  share: number;
  /** Of a day; null for none. */
  ceiling: NanoUsd | null;
  /** The dearest day, and how much of the ceiling that was. */
  peak: NanoUsd;
  peakPercent: number | null;
}

/** One bar of a chart: a day, or an hour of the wall. */
export interface Span {
  /** `YYYY-MM-DD`, or `HH:00`. */
  label: string;
  spent: NanoUsd;
  messages: number;
  /** Null where errors and waits are not looked up. */
  errors: number | null;
  wait50: number | null;
}

/** The days that a report is about, today the last. */
export const RANGES = [1, 7, 30] as const;
export type RangeDays = (typeof RANGES)[number];

export interface CostReport {
  days: RangeDays;
  from: string;
  to: string;
  timeZone: string;
  total: Figures;
  /** Spent in as many days before. */
  before: NanoUsd;
  /** Of a day, for the whole organisation. */
  ceiling: NanoUsd | null;
  tools: ReportLine[];
  models: ReportLine[];
  channels: ReportLine[];
  byDay: Span[];
  byHour: Span[];
}

/** A month as it will be if it goes on like this. */
export interface ForecastView {
  month: string;
  soFar: NanoUsd;
  perDay: NanoUsd;
  basedOn: number;
  expected: NanoUsd | null;
}

/** A cheaper model for a tool, and what it would have saved in the days of the report. */
export interface Advice {
  tool: string;
  label: string;
  model: string;
  cheaper: string;
  spent: NanoUsd;
  wouldHaveSpent: NanoUsd;
  /** What thirty such days would save. */
  savedAMonth: NanoUsd;
  savedPercent: number;
}

/** What a use costs with a model. */
export interface Calculated {
  model: string;
  perMessage: NanoUsd;
  perDay: NanoUsd;
  perMonth: NanoUsd;
  /** Whether a tool uses it. */
  used: boolean;
}

export interface CalculatorView {
  fields: { messages: string; input: string; cached: string; output: string };
  /** What is wrong with them, in a sentence. */
  problem: string | null;
  results: Calculated[];
}

/** A tool's day beside its ceiling. */
export interface ToolToday {
  id: string;
  label: string;
  active: boolean;
  spent: NanoUsd;
  held: NanoUsd;
  ceiling: NanoUsd | null;
  percent: number | null;
  messages: number;
  errorRate: number | null;
  satisfaction: Satisfaction;
}

export interface DashboardView {
  day: string;
  timeZone: string;
  today: Figures;
  held: NanoUsd;
  yesterday: NanoUsd;
  ceiling: NanoUsd | null;
  percent: number | null;
  tools: ToolToday[];
  /** Lines, of so many alerts each. */
  alerts: { at: number; text: string; reached: boolean; count: number }[];
  /** The last fourteen days. */
  trend: Span[];
  byHour: Span[];
}
