import { availableProviders, priceNamed } from "../../llm/named_models.ts";
import type { Provider } from "../../llm/provider.ts";
import { pricingProviderOf } from "../../llm/rules/model_ref.ts";
import { AppError } from "../../platform/errors.ts";
import type { PriceInput } from "../../metering/rules/price_form.ts";
import { type ModelCatalogue, PRICE_LIST } from "../../llm/catalogue.ts";
import { usdString } from "../../shared/money.ts";
import type { CustomPriceRow, PriceRow, PricesView } from "../../shared/views/price_view.ts";
import { audit } from "../../audit/log.ts";
import type { CustomPrice } from "../../metering/records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { Calendar } from "../../platform/calendar.ts";
import type { Clock } from "../../platform/clock.ts";
import type { CustomPrices } from "../../metering/custom_prices.ts";
import type { Tools } from "../../tools/stored_tools.ts";

interface Needs {
  store: { customPrices: CustomPrices; tools: Tools };
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  calendar: Calendar;
  clock: Clock;
}

/** A model or service by the name of its prices. */
interface PricedThing {
  provider: string;
  thing: string;
}

/** Providers with a known list of models. */
const LISTED = ["openai", "anthropic"];

/** List prices and custom prices of models. */
export class PriceService {
  constructor(private readonly deps: Needs) {}

  /** List prices that match a search, custom prices, and models without a price. */
  async view(search: string): Promise<PricesView> {
    const { store, firstProvider, calendar, clock } = this.deps;
    await store.customPrices.refresh(clock());
    const seller = pricingProviderOf(firstProvider);
    const { tools } = await store.tools.snapshot();
    const users = new Map<string, string[]>();
    for (const { name, model, fallbackModel, hearingModel } of tools) {
      for (const each of new Set([model, fallbackModel ?? model, hearingModel ?? model])) {
        users.set(each, [...users.get(each) ?? [], name]);
      }
    }
    const words = search.toLowerCase().split(/\s+/).filter((word) => word !== "");
    return {
      rows: this.rows(seller, users).filter(({ provider, model, tools }) => {
        const text = `${provider} ${model} ${tools.join(" ")}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
      own: this.own(),
      seen: store.customPrices.seen,
      unpriced: [...users].filter(([model]) => !priceNamed(model, this.deps))
        .map(([model, tools]) => ({ model, tools })),
      provider: seller,
      source: PRICE_LIST,
      today: calendar.dayOf(clock()),
    };
  }

  /**
   * Adds a price from a day on; the earlier one is valid until then.
   * @param seen version of the prices that the admin saw, as in all of these
   * @throws {AppError} `conflict` when another admin set the price of that day since
   */
  async add(
    who: string,
    { day, provider, thing, tokens, unit }: PriceInput,
    seen?: string,
  ): Promise<void> {
    const from = this.deps.calendar.startOf(day);
    const price = { from, tokens, unit };
    await this.deps.store.customPrices.set(
      provider,
      thing,
      price,
      { also: this.noted(who, "price.set", provider, thing), seen },
    );
  }

  /** Ends a custom price: from that day the list price applies, if there is one. */
  async end(
    who: string,
    { provider, thing }: PricedThing,
    day: string,
    seen?: string,
  ): Promise<void> {
    this.known(provider, thing);
    const price = { from: this.deps.calendar.startOf(day), tokens: null, unit: null };
    await this.deps.store.customPrices.set(
      provider,
      thing,
      price,
      { also: this.noted(who, "price.end", provider, thing), seen },
    );
  }

  /** Deletes a price; costs already booked with it stay. */
  async drop(
    who: string,
    { provider, thing }: PricedThing,
    from: number,
    seen?: string,
  ): Promise<void> {
    this.known(provider, thing);
    await this.deps.store.customPrices.drop(
      provider,
      thing,
      from,
      { also: this.noted(who, "price.drop", provider, thing), seen },
    );
  }

  private known(provider: string, thing: string): void {
    if (this.deps.store.customPrices.list().has(`${provider}/${thing}`)) return;
    throw new AppError("missing", { code: "price.gone" });
  }

  private noted(who: string, action: string, provider: string, thing: string) {
    const at = this.deps.clock();
    const told = (prices: readonly CustomPrice[]) =>
      Object.fromEntries(prices.map((price) => [this.dayOf(price.from), inWords(price)]));
    return (tx: Tx, before: readonly CustomPrice[], after: readonly CustomPrice[]) =>
      audit(tx, {
        at,
        who,
        action,
        thing: `price:${provider}/${thing}`,
        before: told(before),
        after: told(after),
      });
  }

  private rows(seller: string, users: ReadonlyMap<string, string[]>): PriceRow[] {
    const { catalogue, provider, store } = this.deps;
    const names = availableProviders(provider).map(({ name }) => pricingProviderOf(name));
    return [...new Set([seller, ...LISTED, ...names])].flatMap((provider) =>
      catalogue.pricedModels(provider).map(({ model, price }): PriceRow => ({
        provider,
        model,
        input: price.input,
        cached: price.cachedInput,
        output: price.output,
        tiered: price.tiers !== undefined,
        own: store.customPrices.current.has(`${provider}/${model}`),
        free: price.input + price.output === 0n,
        tools: users.get(provider === seller ? model : `${provider}:${model}`) ?? [],
      }))
    );
  }

  private own(): CustomPriceRow[] {
    const now = this.deps.clock();
    return [...this.deps.store.customPrices.list()].flatMap(([name, prices]) => {
      const [provider = "", ...rest] = name.split("/");
      const holds = prices.findLast(({ from }) => from <= now);
      return prices.map((price): CustomPriceRow => ({
        provider,
        thing: rest.join("/"),
        from: price.from,
        day: this.dayOf(price.from),
        text: inWords(price),
        state: price === holds ? "now" : price.from > now ? "later" : "past",
      }));
    });
  }

  private dayOf(from: number): string {
    return from === 0 ? "always" : this.deps.calendar.dayOf(from);
  }
}

function inWords({ tokens, unit }: CustomPrice): string {
  if (unit !== null) return `$${usdString(unit)} for one`;
  if (tokens === null) return "ended";
  const { input, cachedInput, output, audioInput } = tokens;
  const heard = audioInput === undefined ? "" : `, $${usdString(audioInput)} audio in`;
  return `$${usdString(input)} in, $${usdString(cachedInput)} cached, $${
    usdString(output)
  } out${heard}`;
}
