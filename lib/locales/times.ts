import type { Language } from "../shared/languages.ts";
import { timeUntil } from "../shared/send_again.ts";

/** From this many seconds on a wait is in minutes. */
const MOST_SECONDS = 90;

/** `in 20 seconds`; a longer wait as by `timeUntil()`. */
export function secondsUntil(seconds: number, language: Language): string {
  return seconds > MOST_SECONDS
    ? timeUntil(seconds * 1_000, language)
    : new Intl.RelativeTimeFormat(`${language}-u-nu-latn`).format(seconds, "second");
}

/** `March 5`. */
export function dayAndMonth(at: number, language: Language, timeZone: string): string {
  const format = { day: "numeric", month: "long", timeZone } as const;
  return new Intl.DateTimeFormat(`${language}-u-nu-latn`, format).format(at);
}
