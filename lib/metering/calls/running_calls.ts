import type { PaidCall } from "../call_records.ts";
import { meteringKeys } from "../records.ts";
import type { Kv } from "../../store/kv.ts";
import type { ProcessRegistry } from "../../store/process_registry.ts";

/** Most calls looked at for the oldest. */
const MOST_SEEN = 1_000;

/** Paid calls under way, by process. */
export class RunningCalls {
  constructor(private readonly store: { kv: Kv; processes: ProcessRegistry }) {}

  async of(process: string): Promise<PaidCall[]> {
    const rows = await this.store.kv.list(
      { prefix: ["running", process] },
      (path) => meteringKeys.running(String(path[1]), String(path[2])),
    );
    return rows.map(({ value }) => value);
  }

  /** The beginning of the oldest call of any process; null without one. */
  async oldest(): Promise<number | null> {
    const rows = await this.store.kv.list(
      { prefix: ["running"] },
      (path) => meteringKeys.running(String(path[1]), String(path[2])),
      { limit: MOST_SEEN },
    );
    return rows.reduce<number | null>(
      (first, { value: { startedAt } }) => first === null || startedAt < first ? startedAt : first,
      null,
    );
  }

  /** The calls of this process and of processes that are not registered. */
  async ofNoOther(): Promise<{ process: string; call: PaidCall }[]> {
    const { kv, processes } = this.store;
    // A process registers before its first call: in this order no live process is missed.
    const rows = await kv.list(
      { prefix: ["running"] },
      (path) => meteringKeys.running(String(path[1]), String(path[2])),
    );
    const others = await processes.listed();
    others.delete(processes.self);
    return rows
      .map(({ path, value }) => ({ process: String(path[1]), call: value }))
      .filter(({ process }) => !others.has(process));
  }
}
