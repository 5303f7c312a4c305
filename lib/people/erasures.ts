import type { Clock } from "../platform/clock.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions, Tx } from "../store/transactions.ts";
import { type Erasure, peopleKeys } from "./records.ts";

interface Needs {
  store: { transactions: Transactions };
  clock: Clock;
  bus: EventBus;
}

/** A deletion with its id. */
export interface NotedErasure {
  id: string;
  erasure: Erasure;
}

/** Erasures written in one commit. */
const BATCH = 200;

/**
 * Notes of what people deleted or ended, by ids alone: a restored backup, which still has it, is
 * told by them what to delete again. What a retention period ends is not noted, as it ends again.
 */
export class Erasures {
  constructor(private readonly deps: Needs) {}

  /** Notes a deletion in the commit that deletes; {@link told} follows it. */
  note(tx: Tx, erasure: WithoutTime<Erasure>): void {
    const id = crypto.randomUUID();
    tx.set(peopleKeys.erasure(id), { ...erasure, at: this.deps.clock() });
    tx.set(peopleKeys.unlistedErasure(id), true);
  }

  /** Tells, after the commit, that there is a new one. */
  told(): void {
    this.deps.bus.emit("DataErased", {});
  }

  /** Notes a deletion that is over. */
  async add(erasure: WithoutTime<Erasure>): Promise<void> {
    await this.deps.store.transactions.run([], (tx) => this.note(tx, erasure));
    this.told();
  }
}

type WithoutTime<E> = E extends unknown ? Omit<E, "at"> : never;

/** All deletions that a store knows of. */
export async function storedErasures(kv: Kv): Promise<NotedErasure[]> {
  const all: NotedErasure[] = [];
  const rows = kv.pieces(["erasure"], (path) => peopleKeys.erasure(String(path[1])));
  for await (const piece of rows) {
    all.push(...piece.map(({ path, value }) => ({ id: String(path[1]), erasure: value })));
  }
  return all;
}

/** Those that stand in no list beside the backups yet. */
export async function unlistedErasures(kv: Kv, limit: number): Promise<NotedErasure[]> {
  const ids = (await kv.list(
    { prefix: ["erasure_unlisted"] },
    (path) => peopleKeys.unlistedErasure(String(path[1])),
    { limit },
  )).map(({ path }) => String(path[1]));
  const found = await kv.getMany(ids.map((id) => peopleKeys.erasure(id)));
  return ids.map((id, i) => ({ id, erasure: found[i]?.value ?? null }))
    .filter((each): each is NotedErasure => each.erasure !== null);
}

/** Marks erasures as listed. */
export function markListed(
  { transactions }: { transactions: Transactions },
  erasures: readonly NotedErasure[],
): Promise<void> {
  return inBatches(erasures, (batch) =>
    transactions.run([], (tx) => {
      for (const { id } of batch) tx.delete(peopleKeys.unlistedErasure(id));
    }));
}

/** Stores erasures of a list in a restored store, so that none is applied to later data. */
export function putErasures(
  { transactions }: { transactions: Transactions },
  erasures: readonly NotedErasure[],
): Promise<void> {
  return inBatches(erasures, (batch) =>
    transactions.run([], (tx) => {
      for (const { id, erasure } of batch) {
        tx.set(peopleKeys.erasure(id), erasure);
        // In the list of another place it may be missing.
        tx.set(peopleKeys.unlistedErasure(id), true);
      }
    }, BATCH * 300));
}

async function inBatches(
  all: readonly NotedErasure[],
  write: (batch: readonly NotedErasure[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < all.length; from += BATCH) {
    await write(all.slice(from, from + BATCH));
  }
}
