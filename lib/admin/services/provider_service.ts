import type { Config } from "../../config.ts";
import { type BreakerStates } from "../../llm/breaker.ts";
import type { CallFigures } from "../../llm/call_figures.ts";
import { type ModelCatalogue, PRICE_LIST } from "../../llm/catalogue.ts";
import { availableProviders, modelNamed } from "../../llm/named_models.ts";
import type { Provider } from "../../llm/provider.ts";
import { pricingProviderOf } from "../../llm/rules/model_ref.ts";
import { changedOrder, type OrderChange, orderInForce } from "../../llm/rules/provider_order.ts";
import type { SharedBreakers } from "../../llm/shared_breakers.ts";
import { estimateTokens } from "../../llm/tokens.ts";
import { PROVIDER_NAMES } from "../../locales/admin/providers.ts";
import type { ProviderTestCode } from "../../shared/provider_test_codes.ts";
import type { PaidCalls } from "../../metering/calls/paid_calls.ts";
import type { CustomPrices } from "../../metering/custom_prices.ts";
import type { Clock } from "../../platform/clock.ts";
import { AppError } from "../../platform/errors.ts";
import type { StoredSettings } from "../../settings/stored_settings.ts";
import type {
  ProviderRow,
  ProviderState,
  ProvidersView,
  UsedModelRow,
} from "../../shared/views/provider_view.ts";
import type { Kv } from "../../store/kv.ts";
import type { Transactions } from "../../store/transactions.ts";
import { typicalCost } from "../../tools/rules/tool_preflight.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import { adminKeys } from "../records.ts";
import { ProviderTester } from "./provider_tester.ts";
import type { SettingsService } from "./settings_service.ts";

interface Needs {
  store: {
    kv: Kv;
    tools: Tools;
    transactions: Transactions;
    settings: StoredSettings;
    customPrices: CustomPrices;
  };
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  breakers: BreakerStates;
  callFigures: CallFigures;
  config: Config;
  clock: Clock;
}

interface Parts {
  paidCalls: PaidCalls;
  settings: SettingsService;
  sharedBreakers: Pick<SharedBreakers, "reset">;
}

/** Fewest characters of a key whose end is shown. */
const SHOWN_KEY = 16;

/** The providers: their state, tests and order, and the models that tools use. */
export class ProviderService {
  private readonly tester: ProviderTester;

  constructor(private readonly deps: Needs, private readonly parts: Parts) {
    this.tester = new ProviderTester(deps, parts.paidCalls);
  }

  async view(): Promise<ProvidersView> {
    const { store, firstProvider, config, clock } = this.deps;
    await store.customPrices.refresh(clock());
    const order = this.order();
    const all = availableProviders(this.deps.provider);
    const sorted = [
      ...order,
      ...all.map(({ name }) => name).filter((each) => !order.includes(each)),
    ].flatMap((name) => all.find((each) => each.name === name) ?? []);
    const { tools } = await store.tools.snapshot();
    return {
      providers: await Promise.all(sorted.map((each) => this.row(each, order))),
      models: this.models(tools, order),
      first: firstProvider,
      source: PRICE_LIST,
      timeZone: config.TIME_ZONE,
    };
  }

  /**
   * Tests a provider. One that answers is asked again at once, whatever failed before.
   * @throws {AppError} `missing`
   */
  async test(who: string, name: string): Promise<ProviderTestCode> {
    const { code } = await this.tester.test(who, name);
    if (code === "answered") await this.parts.sharedBreakers.reset(name);
    return code;
  }

  /** Tests all providers at once. */
  async testAll(who: string): Promise<{ name: string; code: ProviderTestCode }[]> {
    const names = availableProviders(this.deps.provider).map(({ name }) => name);
    return await Promise.all(
      names.map(async (name) => ({ name, code: await this.test(who, name) })),
    );
  }

  /**
   * Changes the order in which providers answer for one another.
   * @throws {AppError} `missing`
   */
  async reorder(who: string, name: string, change: OrderChange): Promise<void> {
    const all = availableProviders(this.deps.provider);
    if (!all.some((each) => each.name === name)) {
      throw new AppError("missing", { code: "provider.gone", provider: name });
    }
    await this.parts.settings.save({
      who,
      group: "providers",
      seen: Infinity,
      edit: (now) => ({
        ...now,
        providers: { chain: changedOrder(this.order(now.providers.chain), name, change) },
      }),
    });
  }

  private order(chain = this.deps.store.settings.current.providers.chain): string[] {
    const { provider } = this.deps;
    const names = (all: readonly Provider[]) => all.map((each) => each.name);
    return orderInForce(
      chain,
      names(provider.members ?? [provider]),
      names(availableProviders(provider)),
    );
  }

  private async row(provider: Provider, order: readonly string[]): Promise<ProviderRow> {
    const { name, simulated, own = false } = provider;
    const ref = await this.tester.modelFor(name);
    const { value: test } = await this.deps.store.kv.get(adminKeys.providerTest(name));
    const { key, keySetting, host } = this.settingsOf(name);
    return {
      name,
      title: PROVIDER_NAMES.get(name) ?? name,
      host,
      own,
      simulated,
      used: order.includes(name),
      first: order[0] === name,
      last: order.at(-1) === name,
      keySetting,
      keyEnd: key === undefined ? null : key.length < SHOWN_KEY ? "" : key.slice(-4),
      testModel: ref?.model ?? null,
      testCost: ref && this.tester.costOf(ref),
      state: this.state(name, order.includes(name), test),
      figures: this.deps.callFigures.calls(name),
      test,
    };
  }

  private settingsOf(name: string) {
    const { config } = this.deps;
    const server = config.compatible.find((each) => each.name === name);
    const [key, url, keySetting] = server
      ? [server.key, server.url, `LLM_KEY_${name.toUpperCase().replaceAll("-", "_")}`]
      : name === "openai"
      ? [config.OPENAI_API_KEY, config.OPENAI_BASE_URL, "OPENAI_API_KEY"]
      : name === "anthropic"
      ? [config.ANTHROPIC_API_KEY, config.ANTHROPIC_BASE_URL, "ANTHROPIC_API_KEY"]
      : [undefined, undefined, null];
    return { key, keySetting, host: url === undefined ? null : new URL(url).host };
  }

  private state(name: string, used: boolean, test: ProviderRow["test"]): ProviderState {
    const now = this.deps.clock();
    const open = this.deps.breakers.states().filter(({ provider, phase }) =>
      provider === name && phase !== "closed"
    );
    const models = open.map(({ model }) => model).filter((model) => model !== "*");
    if (open.some(({ needsPerson }) => needsPerson)) return { kind: "closed", models };
    const pauses = open.flatMap(({ phase, until }) =>
      phase === "open" && until !== null && until > now ? [until] : []
    );
    if (pauses.length > 0) return { kind: "resting", until: Math.max(...pauses), models };
    if (open.length > 0) return { kind: "trying" };
    const { lastAnswer, lastFailure } = this.deps.callFigures.calls(name) ?? {};
    // An answered test counts like a reply, also one of an earlier process.
    const answeredAt = Math.max(lastAnswer ?? 0, test?.code === "answered" ? test.at : 0);
    if ((lastFailure ?? 0) > answeredAt) return { kind: "failed" };
    if (lastAnswer !== null && lastAnswer !== undefined) return { kind: "answers" };
    if (used && answeredAt > 0) return { kind: "answers" };
    return { kind: used ? "untried" : "unused" };
  }

  private models(tools: readonly Tool[], order: readonly string[]): UsedModelRow[] {
    const { provider, firstProvider, config } = this.deps;
    const own = tools.map(({ model }) => model);
    const chains = tools.flatMap(({ chain, fallbackModel, hearingModel }) => [
      ...chain ?? [],
      ...[fallbackModel, hearingModel].filter((name) => name !== null),
    ]);
    const successors = own.flatMap((name) => provider.after?.(modelNamed(name, this.deps)) ?? [])
      .filter(({ provider }) => order.includes(provider))
      .map(({ provider, model }) => provider === firstProvider ? model : `${provider}:${model}`);
    const others = [config.LLM_DEFAULT_MODEL, ...chains, ...successors];
    return [...new Set([...own, ...others])].map((name) => this.model(name, tools, others))
      .sort((a, b) => b.tools.length - a.tools.length);
  }

  private model(name: string, tools: readonly Tool[], others: readonly string[]): UsedModelRow {
    const { catalogue, store } = this.deps;
    const ref = modelNamed(name, this.deps);
    const { price, endsOn } = catalogue.entry(ref);
    const users = tools.filter(({ model }) => model === name);
    const costs = price === null
      ? []
      : users.map((tool) => typicalCost(tool, price, estimateTokens).usd);
    const free = price !== null && price.input === 0n && price.output === 0n;
    const pricedAs = pricingProviderOf(ref.provider);
    const set = store.customPrices.current.has(`${pricedAs}/${ref.model}`);
    return {
      name,
      ...ref,
      pricedAs,
      input: price?.input ?? null,
      output: price?.output ?? null,
      tiered: price?.tiers !== undefined,
      message: costs.length === 0
        ? null
        : costs.reduce((sum, each) => sum + each, 0n) / BigInt(costs.length),
      tools: users.map((tool) => tool.name),
      standsIn: others.includes(name),
      source: price === null ? null : set ? "organisation" : free ? "own server" : "list",
      endsOn,
      ended: catalogue.hasEnded(ref),
    };
  }
}
