import { recoverOrphans } from "./orphaned_calls.ts";
import type { AuxiliaryCall } from "../call_records.ts";
import type { PaidCalls } from "./paid_calls.ts";

/** Settles auxiliary calls that a lost process left behind. */
export function recoverCalls(
  deps: Parameters<typeof recoverOrphans>[0],
  paidCalls: PaidCalls,
): void {
  recoverOrphans<AuxiliaryCall>(deps, {
    settles: (call) => call.kind === "auxiliary",
    isLive: ({ turn }) => paidCalls.has(turn),
    settle: (process, call) => paidCalls.endOrphan(process, call),
  });
}
