import process from "node:process";
import type { Kv } from "./kv.ts";
import { storeKeys } from "./records.ts";
import type { ProcessLocks } from "./process_locks.ts";
import type { Transactions } from "./transactions.ts";

/** Interval of heartbeats, and how long one counts, in ms. */
export const HEARTBEAT_MS = 8_000;
const LEASE_MS = 30_000;

/** The `place` of every process that holds a lock beside the store's file. */
const LOCK_PROCESSES = "beside the store";

/**
 * The processes that serve this store.
 *
 * A process is gone when its heartbeat expired, or when its lock beside the store's file is free.
 * While the lock is held, an expired heartbeat must also have stood still for its whole time: a
 * jump of the machine's clock expires all heartbeats at once.
 */
export class ProcessRegistry {
  /** Whether no other process is known to serve this store. */
  isOnlyProcess = true;
  private place = `elsewhere ${crypto.randomUUID()}`;
  /** The last heartbeats of processes on this machine, and since when each is unchanged. */
  private readonly heard = new Map<string, { expiresAt: number; since: number }>();

  constructor(
    readonly self: string,
    private readonly kv: Kv,
    private readonly transactions: Transactions,
    /** null when the store is not a file. */
    private readonly locks: ProcessLocks | null,
  ) {}

  /** Registers this process, and signals the others. */
  async join(now: number): Promise<void> {
    if (await this.locks?.hold(this.self, now)) this.place = LOCK_PROCESSES;
    const heartbeat = this.heartbeat(now);
    await this.transactions.run([], (tx) => {
      tx.set(storeKeys.process(this.self), heartbeat);
      tx.set(storeKeys.processes(), this.self);
    });
  }

  /** The process that joined last, however short-lived. */
  async lastJoined(): Promise<string | null> {
    return (await this.kv.get(storeKeys.processes())).value;
  }

  beat(now: number): Promise<void> {
    const heartbeat = this.heartbeat(now);
    return this.transactions.run([], (tx) => tx.set(storeKeys.process(this.self), heartbeat));
  }

  private heartbeat(now: number) {
    return { place: this.place, pid: process.pid, expiresAt: now + LEASE_MS };
  }

  /** Ids of all other processes, and whether each is gone. */
  async others(now: number): Promise<{ id: string; gone: boolean }[]> {
    const rows = await this.kv.list(
      { prefix: ["process"] },
      (path) => storeKeys.process(String(path[1])),
    );
    const others = rows.map(({ path, value }) => ({ id: String(path[1]), ...value }))
      .filter(({ id }) => id !== this.self);
    return await Promise.all(others.map(async ({ id, place, expiresAt }) => {
      const overdue = expiresAt <= now;
      if (this.locks === null || place !== LOCK_PROCESSES) return { id, gone: overdue };
      const stands = this.standsStill(id, expiresAt);
      return { id, gone: !await this.locks.holds(id) || (stands && overdue) };
    }));
  }

  private standsStill(id: string, expiresAt: number): boolean {
    const now = performance.now();
    const heard = this.heard.get(id);
    if (heard?.expiresAt === expiresAt) return now - heard.since > LEASE_MS;
    this.heard.set(id, { expiresAt, since: now });
    return false;
  }

  /** Ids of all registered processes, including this one. */
  async listed(): Promise<Set<string>> {
    const rows = await this.kv.list(
      { prefix: ["process"] },
      (path) => storeKeys.process(String(path[1])),
    );
    return new Set(rows.map(({ path }) => String(path[1])));
  }

  async remove(id: string): Promise<void> {
    this.heard.delete(id);
    await this.transactions.run([], (tx) => {
      tx.delete(storeKeys.process(id));
      tx.delete(storeKeys.commit(id));
    });
    if (id === this.self) this.locks?.close();
    await this.locks?.remove(id);
  }
}
