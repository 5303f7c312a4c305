import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";
import { FAILED_DAYS, type FailedDay, type FailedRequest, monitoringKeys } from "./records.ts";

/** Kept of a day, the newest ones. */
const MOST_FAULTS = 150;
const MOST_REFUSALS = 100;
/** Most bytes of a day's record. */
const WEIGHT = 60_000;
/** Most that wait for the next write; further ones are only counted. */
const MOST_BUFFERED = 300;
/** Longest code and method; both may come from outside. */
const LONGEST = 60;
const NONE: FailedDay = { faults: [], refusals: [], left: 0 };

/**
 * Requests that were answered with an error: id, time, route and code, never an address or a text.
 * Buffered in memory and written every other second, so that a flood of errors costs one write.
 */
export class FailedRequests {
  private readonly buffered = new Map<string, FailedRequest[]>();
  private left = 0;

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** Buffers one for the next flush. */
  note(day: string, request: FailedRequest): void {
    const waiting = this.buffered.get(day) ?? [];
    this.buffered.set(day, waiting);
    if (waiting.length >= MOST_BUFFERED) return void this.left++;
    const { method, code } = request;
    waiting.push({ ...request, method: method.slice(0, LONGEST), code: code.slice(0, LONGEST) });
  }

  /** Writes what is buffered; a failed write loses it, as the log has it too. */
  async flush(): Promise<void> {
    const days = [...this.buffered];
    const { left } = this;
    this.buffered.clear();
    this.left = 0;
    for (const [i, [day, found]] of days.entries()) {
      const key = monitoringKeys.failedRequests(day);
      await this.transactions.run([key], (tx) => {
        const before = tx.get(key) ?? NONE;
        const faults = [...before.faults, ...found.filter(({ status }) => status >= 500)];
        const refusals = [...before.refusals, ...found.filter(({ status }) => status < 500)];
        tx.set(key, {
          faults: faults.slice(-MOST_FAULTS),
          refusals: refusals.slice(-MOST_REFUSALS),
          left: before.left + (i === 0 ? left : 0) + Math.max(0, faults.length - MOST_FAULTS) +
            Math.max(0, refusals.length - MOST_REFUSALS),
        });
      }, WEIGHT);
    }
  }

  /** The kept ones of the last days, newest first, and the number of those that had no room. */
  async list(): Promise<{ requests: FailedRequest[]; left: number }> {
    const rows = await this.kv.list(
      { prefix: ["failed_requests"] },
      (path) => monitoringKeys.failedRequests(String(path[1])),
      { limit: FAILED_DAYS + 1, reverse: true },
    );
    const days = rows.map(({ value }) => value);
    return {
      requests: days.flatMap(({ faults, refusals }) => [...faults, ...refusals])
        .sort((a, b) => b.at - a.at),
      left: days.reduce((sum, { left }) => sum + left, 0),
    };
  }
}
