import type { Reader } from "../locales/coded.ts";
import type { PageTexts } from "../locales/page/texts.ts";
import type { Services } from "../service_types.ts";

/** The reader of an answer; times are in the organisation's zone. */
export function readerOf(
  { state }: { state: { services?: Services; texts?: PageTexts } },
): Reader {
  const deps = state.services?.deps;
  // Errors before the services exist contain no times.
  return {
    language: state.texts?.language ?? "en",
    timeZone: deps?.config.TIME_ZONE ?? "UTC",
    now: deps?.clock() ?? 0,
  };
}
