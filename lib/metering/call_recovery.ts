import { recoverOrphans } from "./orphaned_calls.ts";
import type { SideCalls } from "./side_calls.ts";

/** Settles calls outside of conversations that a process left behind. */
export function recoverCalls(
  deps: Parameters<typeof recoverOrphans>[0],
  sideCalls: SideCalls,
): void {
  recoverOrphans(deps, {
    settles: ({ number }) => number === 0,
    isLive: ({ turn }) => sideCalls.has(turn),
    settle: (process, call) => sideCalls.endStray(process, call),
  });
}
