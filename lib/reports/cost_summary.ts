import { type Calendar, daysUntil } from "../platform/calendar.ts";
import { AppError } from "../platform/errors.ts";
import { NANO_PER_USD, type NanoUsd } from "../shared/money.ts";
import { ALL, type DayTotal } from "../metering/records.ts";
import { type Ledger, repliesIn } from "../metering/ledger.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tool } from "../tools/rules/tool.ts";
import type { Tools } from "../tools/stored_tools.ts";

interface Needs {
  store: { tools: Tools; ledger: Ledger };
  calendar: Calendar;
  clock: Clock;
}

const WEEK = 7;

/** Costs of a tool or the organisation in US dollars, for scripts and monitors. */
export interface CostSummary {
  toolId: string | null;
  /** Day in the organisation's time zone. */
  date: string;
  todayCost: number;
  messageCount: number;
  tokenCount: number;
  avgCostPerMessage: number;
  /** The last seven days, including today. */
  weeklyCost: number;
  /** The last seven days against the seven before; within 5% is stable. */
  trend: "up" | "down" | "stable";
  ceiling: number | null;
  /** Held for running replies. */
  held: number;
}

/**
 * Reads fourteen day sums, independent of the number of entries.
 * @throws {AppError} `missing` for an unknown tool
 */
export async function costSummary(
  deps: Needs,
  toolId: string | null,
  ceilingOf: (tool: Tool | null) => NanoUsd | null,
): Promise<CostSummary> {
  const { store, calendar, clock } = deps;
  const tool = toolId === null ? null : await store.tools.get(toolId);
  if (toolId !== null && tool === null) {
    throw new AppError("missing", { code: "tool.gone" });
  }
  const date = calendar.dayOf(clock());
  const days = daysUntil(date, 2 * WEEK);
  const totals = toolId === null
    ? await store.ledger.days("organisation", ALL, days)
    : await store.ledger.days("tool", toolId, days);
  const [today] = totals.slice(-1);
  const spentToday = today?.spent ?? 0n;
  const messages = today === undefined ? 0 : repliesIn(today);
  const week = sum(totals.slice(WEEK));
  const ceiling = ceilingOf(tool);
  return {
    toolId,
    date,
    todayCost: dollars(spentToday),
    messageCount: messages,
    tokenCount: (today?.input ?? 0) + (today?.output ?? 0),
    avgCostPerMessage: messages === 0 ? 0 : dollars(spentToday / BigInt(messages)),
    weeklyCost: dollars(week),
    trend: trendOf(week, sum(totals.slice(0, WEEK))),
    ceiling: ceiling === null ? null : dollars(ceiling),
    held: dollars(today?.held ?? 0n),
  };
}

function sum(totals: readonly DayTotal[]): NanoUsd {
  return totals.reduce((all, total) => all + total.spent, 0n);
}

function trendOf(now: NanoUsd, before: NanoUsd): CostSummary["trend"] {
  const difference = (now - before) * 20n;
  if (difference > before) return "up";
  return difference < -before ? "down" : "stable";
}

/** Dollars as a JSON number, for scripts; never used in computations here. */
function dollars(amount: NanoUsd): number {
  return Number(amount) / Number(NANO_PER_USD);
}
