import { COST_COLUMNS } from "../locales/admin/reports.ts";
import type { Cell } from "../shared/csv.ts";
import { usdString } from "../shared/money.ts";
import type { Load } from "../metering/hour_records.ts";
import type { TotalOfDay } from "../metering/ledger.ts";
import type { Records } from "./cost_report.ts";
import { figuresOf, wholeDay } from "./figures.ts";

/** One row per day and organisation, tool, model, channel or variant. */
export function costTable(records: Records, tools: ReadonlyMap<string, string>): Cell[][] {
  const rows = records.totals.map((each): Cell[] => {
    const { day, scope, name, total } = each;
    const counted = loadsOf(records, each);
    const figures = figuresOf([total], counted, ratingsOf(records, each));
    const { spent, simulated, messages, errors, input, cached, output, wait50, wait95 } = figures;
    return [
      day,
      scope,
      name,
      scope === "tool" ? tools.get(name) ?? name : name,
      usdString(spent),
      usdString(simulated),
      messages,
      counted.length === 0 ? null : errors,
      input,
      cached,
      output,
      wait50,
      wait95,
      figures.satisfaction.up,
      figures.satisfaction.down,
    ];
  });
  return [[...COST_COLUMNS], ...rows];
}

function ratingsOf({ ratings }: Records, { day, scope, name }: TotalOfDay) {
  return ratings.filter((each) => each.day === day && each.scope === scope && each.name === name);
}

function loadsOf({ hours }: Records, { day, scope, name }: TotalOfDay): Load[] {
  const ofDay = hours.filter((each) => each.day === day);
  if (scope === "model" || scope === "channel") {
    const way = scope === "model" ? "models" : "channels";
    return ofDay.filter((each) => each.scope === "organisation")
      .flatMap(({ hours }) => hours[way][name] ?? []);
  }
  return ofDay.filter((each) => each.scope === scope && each.name === name)
    .map(({ hours }) => wholeDay(hours));
}
