import { priceNamed } from "../llm/named_models.ts";
import type { Provider } from "../llm/provider.ts";
import { CALCULATOR, marketName } from "../locales/admin/reports.ts";
import { expectedCost } from "./rules/cost_calculator.ts";
import type { CalculatorView } from "../shared/views/report_view.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { Clock } from "../platform/clock.ts";
import type { CustomPrices } from "../metering/custom_prices.ts";
import { MARKETS } from "../whatsapp/rules/message_markets.ts";
import { exchangePrice } from "../whatsapp/outbox/message_price.ts";
import type { Tools } from "../tools/stored_tools.ts";

interface Needs {
  store: { tools: Tools; customPrices: Pick<CustomPrices, "unit"> };
  clock: Clock;
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
  const markets = MARKETS.map((market) => ({
    market,
    name: marketName(market),
    price: exchangePrice(deps, market),
  }));
  const messagesPerDay = wholeNumber(fields.messages, MOST_MESSAGES);
  const inputTokens = wholeNumber(fields.input, MOST_TOKENS);
  const cachedTokens = wholeNumber(fields.cached, MOST_TOKENS);
  const outputTokens = wholeNumber(fields.output, MOST_TOKENS);
  if (
    messagesPerDay === null || inputTokens === null || cachedTokens === null ||
    outputTokens === null
  ) return { fields, markets, problem: CALCULATOR.wholeNumbers, results: [] };
  if (cachedTokens > inputTokens) {
    const problem = CALCULATOR.cached;
    return { fields, markets, problem, results: [] };
  }
  const use = { messagesPerDay, inputTokens, cachedTokens, outputTokens };
  const delivery = markets.find(({ market }) => market === fields.market)?.price ?? 0n;
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
    ...expectedCost(use, price, delivery),
    used: tools.some((tool) => tool.model === model),
  }));
  results.sort((a, b) => Number(a.perMessage - b.perMessage) || (a.model < b.model ? -1 : 1));
  return { fields, markets, problem: null, results };
}

function wholeNumber(text: string, most: number): number | null {
  const digits = text.trim();
  if (!/^\d{1,8}$/.test(digits)) return null;
  return Number(digits) <= most ? Number(digits) : null;
}
