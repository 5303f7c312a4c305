import type { EventBus } from "../../platform/event_bus.ts";
import { causeOf } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import type { Kv } from "../../store/kv.ts";
import type { ProcessRegistry } from "../../store/process_registry.ts";
import type { PaidCall } from "../call_records.ts";
import { RunningCalls } from "./running_calls.ts";

/** It is looked for orphans each time that the processes were checked so often. */
const CHECKS = 8;

/** What a capability does with calls that their process left behind. */
export interface Recovery<C extends PaidCall> {
  /** Whether it settles calls like this one. */
  settles(call: PaidCall): call is C;
  /** Whether this process is still at it. */
  isLive(call: C): boolean;
  /** Settles a call of a process; of no effect when it was settled before. */
  settle(process: string, call: C): Promise<void>;
}

/**
 * Has calls settled whose process is gone, and calls that no process knows of: begun by a commit
 * whose answer never came, or by a process that fell off the list and then died.
 *
 * An orphan may have just begun and be on its way to its process, so it must be seen twice.
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

  /** A call that cannot be settled, such as of a tool whose sums are damaged, keeps up no other. */
  const settle = async (process: string, call: C) => {
    try {
      await recovery.settle(process, call);
    } catch (error) {
      log("error", "A turn that was left behind cannot be settled yet", {
        turn: call.turn,
        error: causeOf(error),
      });
    }
  };

  bus.subscribe("ProcessLost", async ({ process }) => {
    // What cannot be settled now is an orphan from then on.
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
