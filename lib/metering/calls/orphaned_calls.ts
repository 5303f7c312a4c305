import type { EventBus } from "../../platform/event_bus.ts";
import { causeOf } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import type { Kv } from "../../store/kv.ts";
import type { ProcessRegistry } from "../../store/process_registry.ts";
import type { PaidCall } from "../call_records.ts";
import { RunningCalls } from "./running_calls.ts";

/** Looks for orphans at every eighth check of the processes. */
const CHECKS = 8;

/** How a capability settles calls of a lost process. */
export interface Recovery<C extends PaidCall> {
  /** Whether this capability settles the call. */
  settles(call: PaidCall): call is C;
  /** Whether this process still makes the call. */
  isLive(call: C): boolean;
  /** Settles a call of a process; no effect when it is settled already. */
  settle(process: string, call: C): Promise<void>;
}

/**
 * Settles calls of lost processes, and calls unknown to every process.
 * The latter began by a commit whose answer was lost, or in a process that left the list and then
 * died. An orphan may have just begun, its commit's answer under way, so it must be seen twice.
 */
export function recoverOrphans<C extends PaidCall>(
  { store, bus, log }: {
    store: { kv: Kv; processes: ProcessRegistry };
    bus: EventBus;
    log: Log;
  },
  recovery: Recovery<C>,
): void {
  const calls = new RunningCalls(store);
  let orphans = new Set<string>();
  let checks = 0;

  /**
   * A call that cannot be settled, e.g. for damaged sums of its tool, must not block the
   * others.
   */
  const settle = async (process: string, call: C) => {
    try {
      await recovery.settle(process, call);
    } catch (error) {
      log("error", "An orphaned call cannot be settled yet", {
        turn: call.turn,
        error: causeOf(error),
      });
    }
  };

  bus.subscribe("ProcessLost", async ({ process }) => {
    // Calls that cannot be settled now are treated as orphans from here on.
    const left = await calls.of(process);
    for (const call of left.filter((each) => recovery.settles(each))) await settle(process, call);
  });

  bus.subscribe("ProcessesChecked", async () => {
    if (++checks % CHECKS !== 0) return;
    const found = (await calls.ofNoOther()).flatMap(({ process, call }) =>
      recovery.settles(call) && (process !== store.processes.self || !recovery.isLive(call))
        ? [{ process, call }]
        : []
    );
    const before = orphans;
    orphans = new Set(found.map(({ call }) => call.turn));
    for (const { process, call } of found) {
      if (before.has(call.turn)) await settle(process, call);
    }
  });
}
