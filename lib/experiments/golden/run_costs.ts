import { z } from "zod";
import type { CallParticipant } from "../../metering/calls/call_participants.ts";
import { goldenKeys } from "./records.ts";

const counted = z.object({ run: z.string() });

/** Counts each call of a run in the run's cost; a deleted run has none. */
export const goldenCalls: CallParticipant = {
  name: "golden",
  settle: (data) => {
    const call = counted.safeParse(data).data;
    if (call === undefined) return null;
    const key = goldenKeys.cost(call.run);
    return {
      reads: [key],
      run: (tx, { usd, lost }) => {
        const cost = tx.get(key);
        if (cost === null) return;
        tx.set(key, { usd: cost.usd + usd, lost: cost.lost + (lost ? usd : 0n) });
      },
    };
  },
};

/** A call's data for {@link goldenCalls}. */
export function callOfRun(run: string): Record<string, z.output<typeof counted>> {
  return { [goldenCalls.name]: { run } };
}
