import { OTHER_COSTS } from "../locales/admin/reports.ts";
import { organisationCeiling, toolCeiling } from "../metering/budgets_in_force.ts";
import { type Calendar, daysUntil } from "../platform/calendar.ts";
import type { NanoUsd } from "../shared/money.ts";
import type { CostReport, RangeDays, ReportLine } from "../shared/views/report_view.ts";
import type { Load } from "../metering/hour_records.ts";
import { ALL, type Scope } from "../metering/records.ts";
import type { Hours, HoursOfDay } from "../metering/hours.ts";
import { EMPTY_DAY, type Ledger, repliesIn, type TotalOfDay } from "../metering/ledger.ts";
import type { RatedOfDay, Ratings } from "../feedback/stored_ratings.ts";
import { figuresOf, hourly, percentOf, spanOf, wholeDay } from "./figures.ts";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../config.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";

interface Needs {
  store: { tools: Tools; ledger: Ledger; hours: Hours; ratings: Ratings; settings: StoredSettings };
  calendar: Calendar;
  clock: Clock;
  config: Config;
}

/** Records of a range: their number depends on days, tools, models and channels only. */
export interface Records {
  days: readonly string[];
  totals: readonly TotalOfDay[];
  hours: readonly HoursOfDay[];
  ratings: readonly RatedOfDay[];
}

/** Reads the records of the last days, including today, in three range reads. */
export async function recordsOf(deps: Needs, days: number): Promise<Records> {
  const { store, calendar, clock } = deps;
  const to = calendar.dayOf(clock());
  const range = daysUntil(to, days);
  const [from = to] = range;
  const [totals, hours, ratings] = await Promise.all([
    store.ledger.between(from, to),
    store.hours.between(from, to),
    store.ratings.between(from, to),
  ]);
  return { days: range, totals, hours, ratings };
}

/** Costs and service levels of the last days by tool, model, channel, day and hour. */
export async function costReport(
  deps: Needs,
  days: RangeDays,
  records: Records,
): Promise<CostReport> {
  const { store, calendar, clock, config } = deps;
  const to = calendar.dayOf(clock());
  const [tools, before] = await Promise.all([
    store.tools.list(),
    store.ledger.shown("organisation", ALL, daysUntil(to, 2 * days).slice(0, days)),
  ]);
  const totals = records.totals.filter(({ scope }) => scope === "organisation");
  const hours = records.hours.filter(({ scope }) => scope === "organisation");
  const total = figuresOf(
    totals.map(({ total }) => total),
    hours.map(({ hours }) => wholeDay(hours)),
    records.ratings.filter(({ scope }) => scope === "organisation"),
  );
  const loadsOf = (way: "models" | "channels", name: string) =>
    hours.flatMap(({ hours }) => hours[way][name] ?? []);
  const lines = (
    scope: Scope,
    about: (name: string) => Pick<ReportLine, "label" | "ceiling">,
    loads: (name: string) => Load[],
    also: readonly string[] = [],
  ) => linesOf(records, scope, total.spent, about, loads, also);
  return {
    days,
    from: records.days[0] ?? to,
    to,
    timeZone: config.TIME_ZONE,
    total,
    before: before.reduce((sum, { spent }) => sum + spent, 0n),
    ceiling: organisationCeiling(deps),
    tools: lines(
      "tool",
      (name) => {
        const tool = tools.find(({ id }) => id === name);
        const ceiling = tool === undefined ? null : toolCeiling(deps, tool);
        return { label: tool?.name ?? OTHER_COSTS[name] ?? name, ceiling };
      },
      (name) =>
        records.hours.filter((each) => each.scope === "tool" && each.name === name)
          .map(({ hours }) => wholeDay(hours)),
      tools.filter(({ active }) => active).map(({ id }) => id),
    ),
    models: lines("model", plain, (name) => loadsOf("models", name)),
    channels: lines("channel", plain, (name) => loadsOf("channels", name)),
    byDay: records.days.map((day) => {
      const found = totals.find((each) => each.day === day)?.total ?? EMPTY_DAY;
      const load = wholeDay(hours.find((each) => each.day === day)?.hours ?? null);
      return spanOf(day, found.spent, repliesIn(found), load);
    }),
    byHour: hourly(hours.map(({ hours }) => hours)),
  };
}

const plain = (name: string) => ({ label: name, ceiling: null });

/** Parts of a scope, most expensive first; `also` lists parts shown even without usage. */
function linesOf(
  { totals, ratings }: Records,
  scope: Scope,
  all: NanoUsd,
  about: (name: string) => Pick<ReportLine, "label" | "ceiling">,
  loads: (name: string) => Load[],
  also: readonly string[],
): ReportLine[] {
  const byName = new Map<string, TotalOfDay[]>(also.map((name) => [name, []]));
  for (const each of totals) {
    if (each.scope !== scope) continue;
    byName.set(each.name, [...byName.get(each.name) ?? [], each]);
  }
  return [...byName].map(([name, days]): ReportLine => {
    const { label, ceiling } = about(name);
    const figures = figuresOf(
      days.map(({ total }) => total),
      loads(name),
      ratings.filter((each) => each.scope === scope && each.name === name),
    );
    const peak = days.reduce((most, { total }) => total.spent > most ? total.spent : most, 0n);
    return {
      name,
      label,
      figures,
      share: percentOf(figures.spent, all) ?? 0,
      ceiling,
      peak,
      peakPercent: percentOf(peak, ceiling),
    };
  }).sort((a, b) => Number(b.figures.spent - a.figures.spent) || (a.label < b.label ? -1 : 1));
}
