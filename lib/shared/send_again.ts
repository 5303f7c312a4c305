import type { Language } from "./languages.ts";
import type { Text } from "./text.ts";

const locale = (language: Language) => `${language}-u-nu-latn`;

/** A language's texts for when a message can be sent again. */
export interface SendAgainTexts {
  readonly language: Language;
  /** For a short wait. */
  readonly seconds: Text<"seconds">;
  /** For a longer wait: the clock time at which a tool reopens, or a person can send again. */
  readonly opens: Text<"time" | "in">;
  readonly send: Text<"time" | "in">;
}

/** From this wait on a clock time is shown in place of seconds. */
const CLOCK_MS = 120_000;

/**
 * When a message can be sent again: seconds if soon, else a clock time in `timeZone`.
 * Imports nothing of the page's script, so that it is loaded alone.
 */
export function sendAgain(
  texts: SendAgainTexts,
  until: number,
  now: number,
  opens: boolean,
  timeZone?: string,
): string {
  const { language } = texts;
  const left = until - now;
  if (left < CLOCK_MS) {
    return joined(texts.seconds.replace("{seconds}", `${Math.max(1, Math.ceil(left / 1000))}`));
  }
  return (opens ? texts.opens : texts.send)
    .replace("{time}", clockTime(until, language, timeZone))
    .replace("{in}", joined(timeUntil(left, language)));
}

/** A figure on one line with its unit, which some languages write before it. */
function joined(text: string): string {
  return text.replace(/ (?=\d+\.?$)|(\d) /, "$1\u00a0");
}

/** `16:05`, with the zone's name if given. */
export function clockTime(at: number, language: Language, timeZone?: string): string {
  // Waits end at whole seconds, rounded up.
  const minute = Math.round(at / 60_000) * 60_000;
  const time = new Intl.DateTimeFormat(locale(language), {
    timeZone,
    timeStyle: "short",
    hourCycle: "h23",
  }).format(minute);
  return timeZone ? `${time} (${timeZone})` : time;
}

/** `in 5 minutes`, `in 12 hours`, `in 3 days`. */
export function timeUntil(ms: number, language: Language): string {
  const minutes = Math.ceil(ms / 60_000);
  const format = new Intl.RelativeTimeFormat(locale(language));
  return minutes < 90
    ? format.format(minutes, "minute")
    : minutes < 1440
    ? format.format(Math.round(minutes / 60), "hour")
    : format.format(Math.ceil(minutes / 1440), "day");
}
