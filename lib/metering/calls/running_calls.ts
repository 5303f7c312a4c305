import type { PaidCall } from "../call_records.ts";
import { meteringKeys } from "../records.ts";
import type { Kv } from "../../store/kv.ts";
import type { ProcessRegistry } from "../../store/process_registry.ts";

/** Paid calls under way, by the processes that make them. */
export class RunningCalls {
  constructor(private readonly store: { kv: Kv; processes: ProcessRegistry }) {}

  /** Those of one process. */
  async of(process: string): Promise<PaidCall[]> {
    const rows = await this.store.kv.list(
      { prefix: ["running", process] },
      (path) => meteringKeys.running(String(path[1]), String(path[2])),
    );
    return rows.map(({ value }) => value);
  }

  /** Those of no other process on the list: of this one, or of nobody. */
  async ofNoOther(): Promise<{ process: string; call: PaidCall }[]> {
    const { kv, processes } = this.store;
    // A process is on the list before it begins a call: read in this order, none that lives is missed.
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
