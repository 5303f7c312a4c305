import type { Purse } from "../domain/budget.ts";
import { AppError } from "../domain/errors.ts";
import type { RateDecision } from "../domain/rate.ts";

/** A reply is still being written in this conversation. */
export function busy(): AppError {
  return new AppError(
    "conflict",
    "A reply is still being written in this conversation. Wait for it to end, or stop it.",
    { retryable: true },
  );
}

/** There were too many messages, or other things, in the window of a limit. */
export function tooMany(rate: RateDecision, things = "messages"): AppError {
  const seconds = Math.ceil(rate.waitMs / 1000);
  return new AppError(
    "limited",
    `That was a lot of ${things} in a short time. You can go on in ${seconds} ${
      seconds === 1 ? "second" : "seconds"
    }.`,
    { retryAfterMs: rate.waitMs },
  );
}

interface DayEnd {
  now: number;
  dayEnds: number;
  timeZone: string;
}

/** The refusal of a call for which a ceiling, or somebody's share of one, leaves no room. */
export function noRoom(day: DayEnd, purses: readonly Purse[], nearest: Purse | null): AppError {
  const { whose } = nearest ?? {};
  if (whose === undefined) return overBudget(day, purses.filter((purse) => !purse.whose));
  if (nearest !== null && nearest.held > 0n && nearest.spent < (nearest.ceiling ?? 0n)) {
    return new AppError(
      "over_share",
      "What is left of your share of today is reserved for replies under way. Try again in a few seconds.",
      { retryAfterMs: 5_000, retryable: true },
    );
  }
  const who = whose === "person"
    ? "You have used your share of today"
    : "New visitors from your network have used their share of today";
  const wait = day.dayEnds - day.now;
  return new AppError(
    "over_share",
    `${who}. You can go on ${
      inWords(wait)
    }, when the new day begins (${day.timeZone}). The rest is for others.`,
    { retryAfterMs: wait },
  );
}

/**
 * A ceiling leaves no room for a reply: for now, because of replies under way,
 * or until the new day begins.
 */
function overBudget(day: DayEnd, purses: readonly Purse[]): AppError {
  const spent = purses.every(({ ceiling, spent }) => ceiling === null || spent < ceiling);
  const held = purses.some(({ ceiling, held }) => ceiling !== null && held > 0n);
  if (spent && held) {
    return new AppError(
      "over_budget",
      "What is left of today's budget is reserved for replies under way. Try again in a few seconds.",
      { retryAfterMs: 5_000, retryable: true },
    );
  }
  const wait = day.dayEnds - day.now;
  return new AppError(
    "over_budget",
    `Today's budget for this tool is used up. It opens again ${
      inWords(wait)
    }, when the new day begins (${day.timeZone}).`,
    { retryAfterMs: wait },
  );
}

function inWords(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  if (minutes < 90) return minutes === 1 ? "in a minute" : `in ${minutes} minutes`;
  return `in ${Math.round(minutes / 60)} hours`;
}
