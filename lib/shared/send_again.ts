import { clockTime, timeUntil } from "./formats.ts";
import type { Language } from "./languages.ts";
import { fill, type Text } from "./text.ts";

/** How a language says when a message can be sent again. */
export interface SendAgainTexts {
  readonly language: Language;
  /** Soon. */
  readonly seconds: Text<"seconds">;
  /** Later: a tool opens again, or a person can send again, at a time of the clock. */
  readonly opens: Text<"time" | "in">;
  readonly send: Text<"time" | "in">;
}

/** From this wait on, a clock time says more than seconds. */
const CLOCK_MS = 120_000;

/**
 * When a message can be sent again, as a sentence: seconds if it is soon, else a clock
 * time in `timeZone`, or without one in the reader's.
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
  return left < CLOCK_MS
    ? fill(texts.seconds, { seconds: Math.max(1, Math.ceil(left / 1000)) })
    : fill(opens ? texts.opens : texts.send, {
      time: clockTime(until, language, timeZone),
      in: timeUntil(left, language),
    });
}
