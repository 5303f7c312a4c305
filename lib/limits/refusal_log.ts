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
 * Does what a limit guards, and notes whom it refused. Every limit that people
 * can run into is asked through here.
 * @param kind of the limit, as in its key
 * @param source whom it counts: an address, a phone number, an account
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
    if (error instanceof AppError && error.kind === "limited") recordRefusal(deps, kind, source);
    throw error;
  }
}

/** Notes that a limit refused a source, for the admin area. */
export function recordRefusal(
  { store, calendar, clock }: Needs,
  kind: string,
  source: string,
): void {
  const at = clock();
  store.refusals.note({ day: calendar.dayOf(at), kind, source, at });
}
