import type { NanoUsd } from "../money.ts";

export interface Satisfaction {
  up: number;
  down: number;
  /** 95% confidence interval of the share of good ratings, from 0 to 1; null without ratings. */
  range: { low: number; high: number } | null;
}

/** Figures of a period, for everything or a part of it. */
export interface Figures {
  spent: NanoUsd;
  /** The part that was never billed, since the replies were simulated. */
  simulated: NanoUsd;
  /** Replies with a cost. */
  messages: number;
  input: number;
  cached: number;
  output: number;
  /** Share of the turns that failed, from 0 to 1; null without turns. */
  errorRate: number | null;
  errors: number;
  /** Time to the first words of a reply in ms, median and 95th percentile. */
  wait50: number | null;
  wait95: number | null;
  satisfaction: Satisfaction;
}

export interface ReportLine {
  name: string;
  label: string;
  figures: Figures;
  /** Percent of all spending. */
  share: number;
  /** Per day; null for none. */
  ceiling: NanoUsd | null;
  /** The most expensive day, and its share of the ceiling. */
  peak: NanoUsd;
  peakPercent: number | null;
}

/** One bar of a chart: a day, or an hour. */
export interface Span {
  /** `YYYY-MM-DD`, or `HH:00`. */
  label: string;
  spent: NanoUsd;
  messages: number;
  /** null where errors and waits are not read. */
  errors: number | null;
  wait50: number | null;
}

/** Lengths of a report in days, today included. */
export const RANGES = [1, 7, 30] as const;
export type RangeDays = (typeof RANGES)[number];

export interface CostReport {
  days: RangeDays;
  from: string;
  to: string;
  timeZone: string;
  total: Figures;
  /** Spending of as many days before. */
  before: NanoUsd;
  /** Per day, for the whole organisation. */
  ceiling: NanoUsd | null;
  tools: ReportLine[];
  models: ReportLine[];
  channels: ReportLine[];
  byDay: Span[];
  byHour: Span[];
}

/** Projected spending of a month. */
export interface ForecastView {
  month: string;
  soFar: NanoUsd;
  perDay: NanoUsd;
  basedOn: number;
  expected: NanoUsd | null;
}

/** A cheaper model for a tool, and its savings in the report's days. */
export interface Advice {
  tool: string;
  label: string;
  model: string;
  cheaper: string;
  spent: NanoUsd;
  wouldHaveSpent: NanoUsd;
  /** Savings of thirty such days. */
  savedAMonth: NanoUsd;
  savedPercent: number;
}

export interface Calculated {
  model: string;
  perMessage: NanoUsd;
  perDay: NanoUsd;
  perMonth: NanoUsd;
  /** Whether a tool uses it. */
  used: boolean;
}

export interface CalculatorView {
  /** As typed; `market` is WhatsApp's, or "" for the page. */
  fields: { messages: string; input: string; cached: string; output: string; market: string };
  /** WhatsApp's markets with the price of a question and its reply there. */
  markets: { market: string; name: string; price: NanoUsd }[];
  /** The problem with the fields, as a sentence. */
  problem: string | null;
  results: Calculated[];
}

/** A tool's day sum beside its ceiling. */
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
  /** One line per group of `count` alerts. */
  alerts: { at: number; text: string; reached: boolean; count: number }[];
  /** Models that failed and are not asked for now; `model` is `*` for all of a provider's. */
  paused: { provider: string; model: string; needsPerson: boolean }[];
  /** The last fourteen days. */
  trend: Span[];
  byHour: Span[];
}
