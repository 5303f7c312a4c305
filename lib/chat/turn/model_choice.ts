import { AppError } from "../../platform/errors.ts";
import type { ModelCatalogue } from "../../llm/catalogue.ts";
import { hearingOf } from "../../llm/audio/hearing.ts";
import { attemptWith, modelNamed } from "../../llm/named_models.ts";
import type { Provider, ProviderAttempt } from "../../llm/provider.ts";
import type { ModelRef } from "../../llm/rules/model_ref.ts";
import { effortFor } from "../../llm/rules/effort.ts";
import type { ModelPrice } from "../../llm/rules/prices.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { Config } from "../../config.ts";

interface Needs {
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  config: Config;
}

/** Which model answers, with what it costs. */
export class ModelChoice {
  private readonly cheaperThan = new Map<
    string,
    { now: ModelPrice | null; candidate: ProviderAttempt | null }
  >();

  constructor(private readonly deps: Needs) {}

  /**
   * The model that a tool names, with its price.
   * @throws {AppError} `unavailable` when none is known: such a call could cost anything.
   */
  candidate(name: string): ProviderAttempt {
    const candidate = attemptWith(modelNamed(name, this.deps), this.deps);
    if (candidate) return candidate;
    throw new AppError(
      "unavailable",
      { code: "model.unpriced", model: name },
      { retryable: false },
    );
  }

  /**
   * The model of a turn's version. A variant whose model cannot be asked any more, without a price
   * or ended, is answered by the tool's own one.
   * @throws {AppError} `unavailable`
   */
  ofVersion(
    version: Pick<Tool, "model">,
    tool: Pick<Tool, "model">,
  ): { wanted: ProviderAttempt; insteadOf: ModelRef | null } {
    const ref = modelNamed(version.model, this.deps);
    const attempt = attemptWith(ref, this.deps);
    const canAsk = attempt !== null && !this.deps.catalogue.hasEnded(ref);
    if (canAsk || version.model === tool.model) {
      return { wanted: attempt ?? this.candidate(version.model), insteadOf: null };
    }
    return { wanted: this.candidate(tool.model), insteadOf: ref };
  }

  /**
   * The model that hears the recordings of a turn's version, else the tool's own one.
   * @throws {AppError} `unavailable` when there is none that could be asked
   */
  hearing(
    version: Pick<Tool, "hearingModel">,
    tool: Pick<Tool, "hearingModel">,
  ): ProviderAttempt {
    const hearingModel = version.hearingModel ?? tool.hearingModel;
    const hearing = hearingModel === null ? "deaf" : hearingOf(hearingModel, this.deps);
    if (typeof hearing !== "string") return hearing.model;
    throw new AppError(
      "unavailable",
      hearing === "unpriced" && hearingModel !== null
        ? { code: "audio.unpriced", model: hearingModel }
        : { code: "audio.not_heard" },
      { retryable: false },
    );
  }

  /**
   * The model that answers near the ceiling: the tool's own choice, else the default one, else the
   * cheapest of the same provider that can answer without reasoning (which could use up a short reply). Null when
   * none is cheaper.
   */
  cheaper(tool: Tool, wanted: ProviderAttempt): ProviderAttempt | null {
    const { catalogue, config } = this.deps;
    const own = modelNamed(tool.fallbackModel ?? config.LLM_DEFAULT_MODEL, this.deps);
    const { price, ended } = catalogue.entry(own);
    const now = ended ? null : price;
    const key = [own, wanted].map(({ provider, model }) => `${provider}:${model}`).join(" ");
    const known = this.cheaperThan.get(key);
    if (known && known.now === now) return known.candidate;
    const listed = tool.fallbackModel === null
      ? catalogue.pricedModels(wanted.provider).filter((each) =>
        !each.capabilities.reasoning || effortFor(each, null) === "none"
      )
      : [];
    const found = [{ ...own, price: now }, ...listed].find(({ provider, model, price }) =>
      price !== null && (model !== wanted.model || provider !== wanted.provider) &&
      price.output < wanted.price.output && price.input <= wanted.price.input
    );
    const candidate = found ? attemptWith(found, this.deps) : null;
    this.cheaperThan.set(key, { now, candidate });
    return candidate;
  }
}
