import { AppError } from "../platform/errors.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { Refusals } from "./refusals.ts";

interface Needs {
  store: { refusals: Refusals };
  calendar: Calendar;
  clock: Clock;
}

/**
 * Runs `run`; when rate-limited, records the source and rethrows.
 * @param kind of the limit, as in its key
 * @param source the counted source: an address, a phone number, an account
 */
export async function trackRefusals<T>(
  deps: Needs,
  kind: string,
  source: string,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof AppError) {
      if (error.kind === "limited") recordRefusal(deps, kind, source);
      // Admins see these beside the budgets.
      if (error.kind === "over_budget") deps.store.refusals.counts.add(["budget"]);
      if (error.kind === "over_share") deps.store.refusals.counts.add(["share"]);
    }
    throw error;
  }
}

/** Records a refusal of a source for the admin area. */
export function recordRefusal(
  { store, calendar, clock }: Needs,
  kind: string,
  source: string,
): void {
  const at = clock();
  store.refusals.note({ day: calendar.dayOf(at), kind, source, at });
}
