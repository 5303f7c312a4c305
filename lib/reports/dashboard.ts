import { organisationCeiling, toolCeiling } from "../metering/budgets_in_force.ts";
import { type Calendar, daysUntil } from "../platform/calendar.ts";
import type { DashboardView } from "../shared/views/report_view.ts";
import { ALL } from "../metering/records.ts";
import { countedOf, EMPTY_DAY, type Ledger, repliesIn } from "../metering/ledger.ts";
import { alertLines } from "../alerts/alert_texts.ts";
import { figuresOf, hourly, percentOf, spanOf, wholeDay } from "./figures.ts";
import type { BreakerStates } from "../llm/breaker.ts";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../config.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { Hours } from "../metering/hours.ts";
import type { Ratings } from "../feedback/stored_ratings.ts";
import type { Alerts } from "../alerts/stored_alerts.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";

interface Needs {
  store: {
    tools: Tools;
    ledger: Ledger;
    hours: Hours;
    ratings: Ratings;
    alerts: Alerts;
    settings: StoredSettings;
  };
  breakers: BreakerStates;
  calendar: Calendar;
  clock: Clock;
  config: Config;
}

const TREND_DAYS = 14;

/** Overview of today; its reads grow with tools and days, not with usage. */
export async function dashboard(deps: Needs): Promise<DashboardView> {
  const { store, calendar, clock, config, breakers } = deps;
  const day = calendar.dayOf(clock());
  const days = daysUntil(day, TREND_DAYS);
  const tools = await store.tools.list();
  const [totals, [hoursToday = null], rated, alerts, toolTotals, toolHours, toolRated] =
    await Promise.all([
      store.ledger.shown("organisation", ALL, days),
      store.hours.days("organisation", ALL, [day]),
      store.ratings.days("organisation", ALL, [day]),
      store.alerts.ofDay(day),
      Promise.all(tools.map(({ id }) => store.ledger.shown("tool", id, [day]))),
      Promise.all(tools.map(({ id }) => store.hours.days("tool", id, [day]))),
      Promise.all(tools.map(({ id }) => store.ratings.days("tool", id, [day]))),
    ]);
  const today = totals[totals.length - 1] ?? EMPTY_DAY;
  const ceiling = organisationCeiling(deps);
  return {
    day,
    timeZone: config.TIME_ZONE,
    today: figuresOf([today], [wholeDay(hoursToday)], rated),
    held: today.held,
    yesterday: totals[totals.length - 2]?.spent ?? 0n,
    ceiling,
    percent: percentOf(countedOf(today), ceiling),
    tools: tools.map((tool, i) => {
      const { id, name, active } = tool;
      const ceiling = toolCeiling(deps, tool);
      const total = toolTotals[i]?.[0] ?? EMPTY_DAY;
      const { spent, messages, errorRate, satisfaction } = figuresOf(
        [total],
        [wholeDay(toolHours[i]?.[0] ?? null)],
        toolRated[i] ?? [],
      );
      const { held } = total;
      const percent = percentOf(countedOf(total), ceiling);
      return {
        id,
        label: name,
        active,
        spent,
        held,
        ceiling,
        percent,
        messages,
        errorRate,
        satisfaction,
      };
    }),
    alerts: alertLines(
      alerts.map(({ alert }) => alert),
      (name) => tools.find(({ id }) => id === name)?.name ?? name,
    ),
    paused: breakers.states().filter(({ phase }) => phase !== "closed")
      .map(({ provider, model, needsPerson }) => ({ provider, model, needsPerson })),
    trend: days.map((label, i) => {
      const total = totals[i] ?? EMPTY_DAY;
      return spanOf(label, total.spent, repliesIn(total), null);
    }),
    byHour: hourly(hoursToday === null ? [] : [hoursToday]),
  };
}
