import { clockTime, timeUntil } from "./formats.ts";
import type { Language } from "./languages.ts";
import { fill, type Text } from "./text.ts";

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

/** When a message can be sent again: seconds if soon, else a clock time in `timeZone`. */
export function sendAgain(
  texts: SendAgainTexts,
  until: number,
  now: number,
  opens: boolean,
  timeZone?: string,
): string {
  const { language } = texts;
  const left = until - now;
  return left < CLOCK_MS
    ? fill(texts.seconds, { seconds: Math.max(1, Math.ceil(left / 1000)) })
    : fill(opens ? texts.opens : texts.send, {
      time: clockTime(until, language, timeZone),
      in: timeUntil(left, language),
    });
}
