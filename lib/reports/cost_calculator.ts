import { priceNamed } from "../llm/named_models.ts";
import type { Provider } from "../llm/provider.ts";
import { CALCULATOR } from "../locales/admin/reports.ts";
import { expectedCost } from "./rules/cost_calculator.ts";
import type { CalculatorView } from "../shared/views/report_view.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { Tools } from "../tools/stored_tools.ts";

interface Needs {
  store: { tools: Tools };
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
}

/** Fields as typed. */
export type CalculatorFields = CalculatorView["fields"];

const MOST_MESSAGES = 10_000_000;
const MOST_TOKENS = 10_000_000;

/** Cost of a typical use with each model of the first provider, cheapest first. */
export async function calculator(deps: Needs, fields: CalculatorFields): Promise<CalculatorView> {
  const { catalogue, firstProvider, store } = deps;
  const messagesPerDay = wholeNumber(fields.messages, MOST_MESSAGES);
  const inputTokens = wholeNumber(fields.input, MOST_TOKENS);
  const cachedTokens = wholeNumber(fields.cached, MOST_TOKENS);
  const outputTokens = wholeNumber(fields.output, MOST_TOKENS);
  if (
    messagesPerDay === null || inputTokens === null || cachedTokens === null ||
    outputTokens === null
  ) return { fields, problem: CALCULATOR.wholeNumbers, results: [] };
  if (cachedTokens > inputTokens) {
    const problem = CALCULATOR.cached;
    return { fields, problem, results: [] };
  }
  const use = { messagesPerDay, inputTokens, cachedTokens, outputTokens };
  const tools = await store.tools.list();
  const models = new Map(
    catalogue.pricedModels(firstProvider).map(({ model, price }) => [model, price]),
  );
  for (const { model } of tools) {
    const price = priceNamed(model, deps);
    if (price !== null) models.set(model, price);
  }
  const results = [...models].map(([model, price]) => ({
    model,
    ...expectedCost(use, price),
    used: tools.some((tool) => tool.model === model),
  }));
  results.sort((a, b) => Number(a.perMessage - b.perMessage) || (a.model < b.model ? -1 : 1));
  return { fields, problem: null, results };
}

function wholeNumber(text: string, most: number): number | null {
  const digits = text.trim();
  if (!/^\d{1,8}$/.test(digits)) return null;
  return Number(digits) <= most ? Number(digits) : null;
}
