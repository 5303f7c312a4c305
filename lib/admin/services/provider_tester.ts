import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import type { ModelCatalogue } from "../../llm/catalogue.ts";
import { attemptWith, availableProviders, modelNamed } from "../../llm/named_models.ts";
import { type Provider, ProviderError } from "../../llm/provider.ts";
import { factsOf } from "../../llm/rules/model_facts.ts";
import type { ModelRef } from "../../llm/rules/model_ref.ts";
import { type ModelPrice, type Usage, worstCase } from "../../llm/rules/prices.ts";
import { estimatePromptTokens, promptTokenBound } from "../../llm/tokens.ts";
import type { ProviderTestCode } from "../../shared/provider_test_codes.ts";
import type { PaidCalls } from "../../metering/calls/paid_calls.ts";
import { costOfReply, observedUsage } from "../../metering/calls/reply_cost.ts";
import type { Config } from "../../config.ts";
import type { Clock } from "../../platform/clock.ts";
import { AppError } from "../../platform/errors.ts";
import { usdString } from "../../shared/money.ts";
import type { Transactions } from "../../store/transactions.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import { adminKeys, type ProviderTest } from "../records.ts";

interface Needs {
  store: { tools: Tools; transactions: Transactions };
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  config: Config;
  clock: Clock;
}

/** In place of a tool in the ledger. */
export const PROVIDER_TEST = "provider-test";

const LIST_MS = 10_000;
const CALL_MS = 30_000;
/** A thinking model refuses a limit in which no word fits. */
const THINKING_TOKENS = 16;

const messages = [{ role: "user" as const, content: "Hi" }];

type Outcome = Pick<ProviderTest, "code" | "firstMs" | "usd"> & { status: number | null };
type Listing = { models: string[] | null; status: number | null };

/** Tests of providers: their key, their list of models, and one paid call of a token. */
export class ProviderTester {
  constructor(private readonly deps: Needs, private readonly paidCalls: PaidCalls) {}

  /** The model that a test asks without a list; null when none is known. */
  async modelFor(name: string): Promise<ModelRef | null> {
    const { store, catalogue, config } = this.deps;
    const tools = await store.tools.list();
    const counts = new Map<string, number>();
    for (const named of [...tools.map(({ model }) => model), config.LLM_DEFAULT_MODEL]) {
      const { provider, model } = modelNamed(named, this.deps);
      if (provider === name && !catalogue.hasEnded({ provider, model })) {
        counts.set(model, (counts.get(model) ?? 0) + 1);
      }
    }
    const [used] = [...counts].sort(([, a], [, b]) => b - a);
    const priced = catalogue.pricedModels(name);
    const lasting = priced.find(({ endsOn }) => endsOn === null) ?? priced[0];
    const model = used?.[0] ?? lasting?.model;
    return model === undefined ? null : { provider: name, model };
  }

  /** The most that a test with a model costs; null when its price is unknown. */
  costOf(ref: ModelRef): bigint | null {
    const price = this.deps.catalogue.priceOf(ref.provider, ref.model);
    return price && worstCase(promptTokenBound(messages), limitOf(ref), price);
  }

  /**
   * Tests a provider, and stores the outcome.
   * @throws {AppError} `missing`
   */
  async test(who: string, name: string): Promise<ProviderTest> {
    const { store: { transactions }, clock } = this.deps;
    const provider = availableProviders(this.deps.provider).find((each) => each.name === name);
    if (!provider) throw new AppError("missing", { code: "provider.gone", provider: name });
    const listing = await listingOf(provider);
    const first = listing.models?.[0];
    const ref = await this.modelFor(name) ?? (first ? { provider: name, model: first } : null);
    const outcome = await this.call(provider, ref, listing);
    const test: ProviderTest = {
      at: clock(),
      by: who,
      model: ref?.model ?? null,
      code: outcome.code,
      key: keyOf(outcome, listing),
      firstMs: outcome.firstMs,
      usd: outcome.usd,
      models: listing.models?.length ?? null,
    };
    await transactions.run([], (tx) => {
      tx.set(adminKeys.providerTest(name), test);
      const { at, code, model, usd } = test;
      const after = { outcome: code, model: model ?? "", cost: `$${usdString(usd)}` };
      audit(tx, {
        at,
        who,
        action: "provider.test",
        thing: `provider:${name}`,
        before: null,
        after,
      });
    }, AUDIT_WEIGHT);
    return test;
  }

  private async call(
    provider: Provider,
    ref: ModelRef | null,
    { status }: Listing,
  ): Promise<Outcome> {
    const without = (code: ProviderTestCode): Outcome => ({
      code: isRefusedKey(status) ? "key_refused" : code,
      firstMs: null,
      usd: 0n,
      status,
    });
    const asked = ref && attemptWith(ref, this.deps);
    if (ref === null) return without("no_model");
    if (asked === null) return without("no_price");
    const maxTokens = limitOf(ref);
    const worst = worstCase(promptTokenBound(messages), maxTokens, asked.price);
    const call = {
      tool: PROVIDER_TEST,
      ceiling: null,
      channel: "admin",
      visitor: null,
      worst,
      ...asked,
    };
    try {
      return await this.paidCalls.run(call, async (bill) => {
        const heard = await hear(provider, ref, maxTokens);
        bill.cost = heard.maySpend ? this.charge(ref, asked.price, maxTokens, heard, worst) : null;
        return { ...heard, usd: bill.cost?.usd ?? 0n };
      });
    } catch (error) {
      if (error instanceof AppError && /^over_/.test(error.kind)) return without("no_budget");
      throw error;
    }
  }

  private charge(
    ref: ModelRef,
    price: ModelPrice,
    maxTokens: number,
    { claim, text, thinking }: Heard,
    hold: bigint,
  ) {
    const promptLength = messages.reduce((sum, { content }) => sum + content.length, 0);
    const bounds = {
      ...ref,
      price,
      maxTokens,
      promptTokens: promptTokenBound(messages),
      inputEstimate: estimatePromptTokens(messages),
    };
    const context = this.deps.catalogue.contextOf(ref.provider, ref.model);
    const seen = observedUsage(text, thinking);
    return costOfReply(bounds, { claim, seen, promptLength, context, reason: "stop" }, hold);
  }
}

interface Heard extends Omit<Outcome, "usd"> {
  claim: Usage | null;
  text: string;
  thinking: number;
  maySpend: boolean;
}

/** Asks the provider itself, whatever its breaker says. */
async function hear(provider: Provider, { model }: ModelRef, maxTokens: number): Promise<Heard> {
  const heard: Heard = {
    code: "timeout",
    firstMs: null,
    status: null,
    claim: null,
    text: "",
    thinking: 0,
    maySpend: true,
  };
  const began = performance.now();
  try {
    const request = { model, messages, temperature: 0, effort: null, maxTokens };
    for await (const part of provider.stream(request, AbortSignal.timeout(CALL_MS))) {
      if (part.type === "usage") heard.claim = part.usage;
      else heard.firstMs ??= Math.round(performance.now() - began);
      if (part.type === "text") heard.text += part.text;
      else if (part.type === "thinking") heard.thinking += part.bytes;
      else if (part.type === "end") heard.code = "answered";
    }
    return heard;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { fault, details: { status = null } } = error;
    // So few tokens hold no word beside the thinking; but it answers.
    const answered = fault === "only_thinking";
    if (answered) heard.firstMs ??= Math.round(performance.now() - began);
    const spends = error.maySpend || heard.claim !== null;
    return { ...heard, status, code: answered ? "answered" : codeOf(error), maySpend: spends };
  }
}

function codeOf({ fault, details: { status } }: ProviderError): ProviderTestCode {
  if (isRefusedKey(status ?? null)) return "key_refused";
  switch (fault) {
    case "account_empty":
    case "busy":
    case "down":
    case "timeout":
    case "broken":
      return fault;
    default:
      return "refused";
  }
}

async function listingOf(provider: Provider): Promise<Listing> {
  try {
    const models = await provider.models?.(AbortSignal.timeout(LIST_MS)) ?? null;
    return { models: models?.map(({ model }) => model) ?? null, status: models ? 200 : null };
  } catch (error) {
    const status = error instanceof ProviderError ? error.details.status ?? null : null;
    return { models: null, status };
  }
}

/** Whether the key is accepted: told by an answer, or by the list of models. */
function keyOf({ code, status }: Outcome, listing: Listing): boolean | null {
  if (code === "key_refused") return false;
  if (code === "answered" || code === "account_empty" || listing.models !== null) return true;
  return status !== null && status < 500 ? true : null;
}

const isRefusedKey = (status: number | null) => status === 401 || status === 403;

function limitOf(ref: ModelRef): number {
  return factsOf(ref).capabilities.reasoning ? THINKING_TOKENS : 1;
}
