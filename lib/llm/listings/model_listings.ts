import { causeOf } from "../../platform/errors.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { Kv } from "../../store/kv.ts";
import type { Transactions } from "../../store/transactions.ts";
import { availableProviders } from "../named_models.ts";
import type { Provider } from "../provider.ts";
import type { ListedModel } from "../rules/listed_models.ts";
import { listingKeys } from "./records.ts";

interface Needs {
  store: { kv: Kv; transactions: Transactions };
  provider: Provider;
  /** The models that providers list, by `provider/model`. */
  claims: Map<string, ListedModel>;
  clock: Clock;
  log: Log;
}

/** Time between the start and the first question, and between two checks of the lists' age. */
const DELAY_MS = 5_000;
const CHECK_MS = 60 * 60_000;
/** Age from which a list is asked for again. */
const DAY_MS = 24 * 60 * 60_000;
const PATIENCE_MS = 15_000;
/** Most bytes of one list; a record has at most 64 KiB. */
const MOST_BYTES = 55_000;

/**
 * Keeps the providers' lists of models, with ends and lengths. Asked once a day; a
 * provider that does not answer keeps its last list, which the store keeps over restarts.
 */
export class ModelListings {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private round: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(private readonly deps: Needs) {}

  /** Reads the stored lists; asks for new ones later, so that no start waits for a provider. */
  async start(): Promise<void> {
    for (const { name } of this.providers()) await this.load(name);
    this.wait(DELAY_MS);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.stopping.abort();
    await this.round;
  }

  /** Asks the providers whose list is a day old. */
  async refresh(): Promise<void> {
    await Promise.all(this.providers().map((provider) => this.ask(provider)));
  }

  private wait(ms: number): void {
    this.timer = setTimeout(() => {
      this.round = this.refresh().finally(() => {
        if (!this.stopping.signal.aborted) this.wait(CHECK_MS);
      });
    }, ms);
  }

  private providers(): Provider[] {
    return availableProviders(this.deps.provider).filter(({ models }) => models !== undefined);
  }

  private async ask(provider: Provider): Promise<void> {
    const { store, clock, log } = this.deps;
    const { name } = provider;
    const now = clock();
    try {
      const before = await this.load(name);
      if (before !== null && now - before < DAY_MS && now >= before) return;
      const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(PATIENCE_MS)]);
      const models = await provider.models?.(signal) ?? null;
      if (models === null) return;
      await store.transactions.run([], (tx) => {
        tx.set(listingKeys.modelList(name), { at: now, models: fitting(models) });
      }, MOST_BYTES);
      await this.load(name);
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      log("warn", "Cannot read a provider's list of models", {
        provider: name,
        error: causeOf(error),
      });
    }
  }

  /** Takes a stored list into the claims. Returns its time; null without one. */
  private async load(provider: string): Promise<number | null> {
    const { store, claims } = this.deps;
    const { value } = await store.kv.get(listingKeys.modelList(provider));
    if (value === null) return null;
    for (const key of claims.keys()) if (key.startsWith(`${provider}/`)) claims.delete(key);
    for (const model of value.models) claims.set(`${provider}/${model.model}`, model);
    return value.at;
  }
}

/** As many models as one record holds; those that say something first. */
function fitting(models: readonly ListedModel[]): ListedModel[] {
  const telling = ({ endsOn, context, longestReply }: ListedModel) =>
    endsOn !== null || context !== null || longestReply !== null;
  let left = MOST_BYTES;
  return [...models].sort((a, b) => Number(telling(b)) - Number(telling(a)))
    .filter(({ model }) => (left -= 2 * model.length + 90) > 0);
}
