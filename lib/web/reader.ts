import type { Reader } from "../locales/coded.ts";
import type { Services } from "../services.ts";

/** The reader of an answer; times are in the organisation's zone. */
export function readerOf({ state }: { state: { services?: Services } }): Reader {
  const deps = state.services?.deps;
  // Errors before the services exist contain no times.
  return { timeZone: deps?.config.TIME_ZONE ?? "UTC", now: deps?.clock() ?? 0 };
}
