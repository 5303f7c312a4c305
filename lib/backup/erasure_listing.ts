import {
  markListed,
  type NotedErasure,
  storedErasures,
  unlistedErasures,
} from "../people/erasures.ts";
import { AppError, causeOf } from "../platform/errors.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { Log } from "../platform/log.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";
import type { ErasureList } from "./places/backup_place.ts";

interface Needs {
  store: { kv: Kv; transactions: Transactions };
  bus: EventBus;
  log: Log;
}

/** Erasures listed at once. */
const BATCH = 500;
/** Longest wait for a place at the end of the program, in ms. */
const STOP_MS = 2_000;

/** Copies what people delete into the list beside the backups, soon after each deletion. */
export class ErasureListing {
  private last: Promise<void> = Promise.resolve();
  private waiting = false;
  private unsubscribe: (() => void) | null = null;

  constructor(private readonly deps: Needs, private readonly list: ErasureList) {}

  start(): void {
    this.unsubscribe = this.deps.bus.subscribe("DataErased", () => this.soon());
  }

  /** Lists what is still to be listed, and ends; a place that does not answer is not waited for. */
  async stop(): Promise<void> {
    this.unsubscribe?.();
    this.soon();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, STOP_MS);
    await Promise.race([this.last, promise]).finally(() => clearTimeout(timer));
  }

  /** Lists new erasures, one pass after the other; a failed one is tried again with the next. */
  soon(): void {
    if (this.waiting) return;
    this.waiting = true;
    this.last = this.last.then(() => {
      this.waiting = false;
      return this.flush();
    }).catch((error) => {
      this.deps.log("error", "Cannot list what was deleted", { error: causeOf(error) });
    });
  }

  /** Lists all erasures that are not listed yet. */
  async flush(): Promise<void> {
    const { store } = this.deps;
    for (;;) {
      const found = await unlistedErasures(store.kv, BATCH);
      if (found.length === 0) return;
      await this.list.add(found);
      await markListed(store, found);
    }
  }

  /**
   * Adds what the list lacks of what the store knows: the list's file may have been lost. A bucket
   * that does not answer is completed another time.
   */
  async complete(): Promise<void> {
    try {
      await this.completeList();
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== "unavailable") throw error;
      this.deps.log("warn", "The list of deletions is not complete", { error: error.told.code });
    }
  }

  private async completeList(): Promise<void> {
    await this.flush();
    const listed = new Set((await this.list.read()).map(({ id }) => id));
    const lacking = (await storedErasures(this.deps.store.kv)).filter(({ id }) => !listed.has(id));
    if (lacking.length > 0) await this.list.add(lacking);
  }

  /** All erasures that the list or the store knows of. */
  async all(): Promise<NotedErasure[]> {
    const known = [...await this.list.read(), ...await storedErasures(this.deps.store.kv)];
    return [...new Map(known.map((each) => [each.id, each])).values()];
  }
}
