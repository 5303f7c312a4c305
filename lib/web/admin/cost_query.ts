import type { CalculatorFields } from "../../reports/cost_calculator.ts";
import { type RangeDays, RANGES } from "../../shared/views/report_view.ts";

/** A typical usage, as in docs/COST_ANALYSIS.md. */
const TYPICAL: CalculatorFields = {
  messages: "500",
  input: "900",
  cached: "0",
  output: "300",
  market: "",
};

/** The number of days in the address of a cost page; a week by default. */
export function daysOf({ searchParams }: URL): RangeDays {
  return RANGES.find((days) => String(days) === searchParams.get("days")) ?? 7;
}

/** The calculator's fields as sent, or a typical usage. */
export function calculatorFields({ searchParams }: URL): CalculatorFields {
  const field = (name: keyof CalculatorFields) =>
    searchParams.get(name)?.slice(0, 40) ?? TYPICAL[name];
  return {
    messages: field("messages"),
    input: field("input"),
    cached: field("cached"),
    output: field("output"),
    market: field("market"),
  };
}
