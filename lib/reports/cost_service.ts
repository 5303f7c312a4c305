import { modelNamed, priceNamed } from "../llm/named_models.ts";
import type { Provider } from "../llm/provider.ts";
import { savingWith } from "./rules/advice.ts";
import { type Calendar, daysUntil } from "../platform/calendar.ts";
import type { Cell } from "../shared/csv.ts";
import { forecast } from "./rules/forecast.ts";
import type { Advice, CostReport, ForecastView, RangeDays } from "../shared/views/report_view.ts";
import { ALL } from "../metering/records.ts";
import { EMPTY_LOAD, type Hours, mergeLoads } from "../metering/hours.ts";
import { calculator, type CalculatorFields } from "./cost_calculator.ts";
import { costReport, type Records, recordsOf } from "./cost_report.ts";
import { costTable } from "./cost_table.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../platform/clock.ts";
import type { CustomPrices } from "../metering/custom_prices.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { Ledger } from "../metering/ledger.ts";
import type { Ratings } from "../feedback/stored_ratings.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";

interface Needs {
  store: {
    tools: Tools;
    ledger: Ledger;
    hours: Hours;
    ratings: Ratings;
    settings: StoredSettings;
    customPrices: CustomPrices;
  };
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  config: Config;
  calendar: Calendar;
  clock: Clock;
}

const BASIS_DAYS = 15;
const MONTH_DAYS = 31;

/** Data of the cost page. Reads sums only, so that its effort does not grow with usage. */
export class CostService {
  constructor(private readonly deps: Needs) {}

  /** The report of a range, with advice. */
  async report(days: RangeDays): Promise<{ report: CostReport; advice: Advice[] }> {
    const records = await recordsOf(this.deps, days);
    const [report, advice] = await Promise.all([
      costReport(this.deps, days, records),
      this.advice(records),
    ]);
    return { report, advice };
  }

  /** The same range as a table: one row per day and part. */
  async table(days: RangeDays): Promise<Cell[][]> {
    const [records, tools] = await Promise.all([
      recordsOf(this.deps, days),
      this.deps.store.tools.list(),
    ]);
    return costTable(records, new Map(tools.map(({ id, name }) => [id, name])));
  }

  async forecast(): Promise<ForecastView> {
    const { store, calendar, clock } = this.deps;
    const today = calendar.dayOf(clock());
    const days = daysUntil(today, MONTH_DAYS).filter((day, i) =>
      day.slice(0, 7) === today.slice(0, 7) || i >= MONTH_DAYS - BASIS_DAYS
    );
    const totals = await store.ledger.shown("organisation", ALL, days);
    return forecast(days.map((day, i) => ({ day, spent: totals[i]?.spent ?? 0n })));
  }

  /** Cost of a given use with each model. */
  calculator(fields: CalculatorFields) {
    return calculator(this.deps, fields);
  }

  /** Cheaper models for tools, by their actual tokens. */
  private async advice({ days, hours }: Records): Promise<Advice[]> {
    const { config, store } = this.deps;
    const tools = await store.tools.list();
    return tools.flatMap((tool) => {
      const model = tool.fallbackModel ?? config.LLM_DEFAULT_MODEL;
      const price = priceNamed(model, this.deps);
      if (price === null || model === tool.model) return [];
      const use = hours.filter(({ scope, name }) => scope === "tool" && name === tool.id)
        .flatMap(({ hours }) => hours.models[modelNamed(tool.model, this.deps).model] ?? [])
        .reduce(mergeLoads, EMPTY_LOAD);
      const saving = savingWith(use, { model, price }, days.length);
      if (saving === null) return [];
      const { id, name } = tool;
      return [{ ...saving, tool: id, label: name, model: tool.model, cheaper: model }];
    }).sort((a, b) => Number(b.savedAMonth - a.savedAMonth));
  }
}
