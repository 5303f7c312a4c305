import type { Clock } from "../platform/clock.ts";
import { causeOf } from "../platform/errors.ts";
import type { Log } from "../platform/log.ts";
import type { Kv } from "../store/kv.ts";
import type { ProcessRegistry } from "../store/process_registry.ts";
import type { Transactions } from "../store/transactions.ts";
import type { BreakerChange, Breakers } from "./breaker.ts";
import { llmKeys } from "./records.ts";

interface Needs {
  store: { kv: Kv; transactions: Transactions; processes: ProcessRegistry };
  breakers: Breakers;
  clock: Clock;
  log: Log;
}

/** Claims read at most. */
const MOST_CLAIMS = 200;

/**
 * Shares open breakers between processes through the store, within seconds. Only pauses are
 * shared: whether a key is refused, each process finds out by its own key.
 */
export class SharedBreakers {
  /** Latest reset of each provider that was followed. */
  private readonly followed = new Map<string, number>();
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly deps: Needs) {
    deps.breakers.onChange((change) => this.note(change));
  }

  /** Follows what other processes told. */
  async refresh(): Promise<void> {
    const { store: { kv, processes }, breakers } = this.deps;
    if (processes.isOnlyProcess) return;
    const [claims, resets] = await Promise.all([
      kv.list(
        { prefix: ["breaker"] },
        (path) => llmKeys.breaker(String(path[1]), String(path[2])),
        { limit: MOST_CLAIMS },
      ),
      kv.list({ prefix: ["breaker_reset"] }, (path) => llmKeys.breakerReset(String(path[1])), {
        limit: MOST_CLAIMS,
      }),
    ]);
    for (const { path, value } of resets) this.follow(String(path[1]), value);
    for (const { path, value } of claims) {
      const provider = String(path[1]);
      const isOver = (this.followed.get(provider) ?? 0) >= value.at;
      if (value.process === processes.self || isOver) continue;
      breakers.tell({ provider, model: String(path[2]) }, value);
    }
  }

  /** Closes a provider's breakers in all processes, after a successful test. */
  async reset(provider: string): Promise<void> {
    const { store, breakers, clock } = this.deps;
    const now = clock();
    this.followed.set(provider, now);
    breakers.reset(provider);
    await store.transactions.run(
      [],
      (tx) => tx.set(llmKeys.breakerReset(provider), now),
    );
  }

  /** Resolves when all claims are written. */
  async settled(): Promise<void> {
    await this.work;
  }

  private follow(provider: string, at: number): void {
    if ((this.followed.get(provider) ?? 0) >= at) return;
    this.followed.set(provider, at);
    this.deps.breakers.reset(provider);
  }

  private note(change: BreakerChange): void {
    const { store: { transactions, processes }, clock, log } = this.deps;
    const { provider, model, phase, until, openings, from, told } = change;
    if (told || (phase !== "open" && phase !== "closed")) return;
    const key = llmKeys.breaker(provider, model);
    const claim = phase === "open" && until !== null
      ? { process: processes.self, at: clock(), until, openings }
      : null;
    // Only a pause has been told, and may be taken back.
    if (claim === null && (phase === "open" || from === "closed")) return;
    this.work = this.work.then(() =>
      transactions.run([], (tx) => claim ? tx.set(key, claim) : tx.delete(key), 500, "background")
    ).catch((error) => log("warn", "Cannot share a breaker's state", { error: causeOf(error) }));
  }
}
