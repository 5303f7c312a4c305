import type { Candidate } from "../../metering/rules/budget.ts";
import { AppError } from "../../platform/errors.ts";
import type { ModelPrice } from "../../llm/rules/prices.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { ModelCatalogue } from "../../llm/catalogue.ts";
import type { Config } from "../../config.ts";

interface Needs {
  catalogue: ModelCatalogue;
  firstProvider: string;
  config: Config;
}

/** Which model answers, with what it costs. */
export class ModelChoice {
  private readonly cheaperThan = new Map<
    string,
    { now: ModelPrice | null; candidate: Candidate | null }
  >();

  constructor(private readonly deps: Needs) {}

  /**
   * A model with its price.
   * @throws {AppError} `unavailable` when none is known: such a call could cost anything.
   */
  candidate(model: string): Candidate {
    const price = this.deps.catalogue.priceOf(this.deps.firstProvider, model);
    if (price) return { model, price };
    throw new AppError(
      "unavailable",
      { code: "model.unpriced", model },
      { retryable: false },
    );
  }

  /**
   * The model that answers when the ceiling comes near: the tool's own choice,
   * else the default one, else the cheapest that answers at once (one that
   * reasons first would spend a short reply on thinking). Null when none is cheaper.
   */
  cheaper(tool: Tool, wanted: Candidate): Candidate | null {
    const { catalogue, firstProvider, config } = this.deps;
    const own = tool.fallbackModel ?? config.LLM_DEFAULT_MODEL;
    const known = this.cheaperThan.get(`${own} ${wanted.model}`);
    if (known && known.now === catalogue.priceOf(firstProvider, own)) return known.candidate;
    const candidates = [
      { model: own, price: catalogue.priceOf(firstProvider, own) },
      ...tool.fallbackModel === null
        ? catalogue.pricedModels(firstProvider).filter(({ capabilities }) =>
          !capabilities.reasoning
        )
        : [],
    ];
    const found = candidates.find(({ model, price }) =>
      price !== null && model !== wanted.model && price.output < wanted.price.output &&
      price.input <= wanted.price.input
    );
    const candidate = found?.price ? { model: found.model, price: found.price } : null;
    this.cheaperThan.set(`${own} ${wanted.model}`, {
      now: catalogue.priceOf(firstProvider, own),
      candidate,
    });
    return candidate;
  }
}
