import type { Purse } from "./rules/budget.ts";
import { AppError } from "../platform/errors.ts";
import type { RateDecision } from "../limits/rules/rate.ts";
import { ENGLISH_PAGES } from "../locales/page/en.ts";
import { sendAgain } from "../shared/send_again.ts";

const SAYS = ENGLISH_PAGES.composer.sendAgain;

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

/** Refusals that end by themselves say what happened in the first sentence, then until when. */
const { tool: USED_UP, share: SHARE_USED } = ENGLISH_PAGES.usedUp;

interface DayEnd {
  now: number;
  dayEnds: number;
  timeZone: string;
  /** Whether a question of fewer words would have had room. */
  shorter?: boolean;
}

/** The refusal of a call for which a ceiling, or somebody's share of one, leaves no room. */
export function noRoom(day: DayEnd, purses: readonly Purse[], nearest: Purse | null): AppError {
  const { whose } = nearest ?? {};
  if (whose === undefined) return overBudget(day, purses.filter((purse) => !purse.whose));
  if (nearest !== null && nearest.held > 0n && nearest.spent < (nearest.ceiling ?? 0n)) {
    return new AppError(
      "over_share",
      "What is left of your share of today is reserved for replies under way.",
      { retryAfterMs: 5_000, retryable: true },
    );
  }
  const who = whose === "person"
    ? SHARE_USED
    : "New visitors from your network have used their share of today.";
  return new AppError(
    "over_share",
    `${who} ${sendAgain(SAYS, day.dayEnds, day.now, false, day.timeZone)}`,
    { retryAfterMs: day.dayEnds - day.now },
  );
}

/**
 * A ceiling leaves no room for a reply: for now, because of replies under way, for this
 * message (`shorter`: one of fewer words would fit), or until the new day begins.
 */
function overBudget(day: DayEnd, purses: readonly Purse[]): AppError {
  const spent = purses.every(({ ceiling, spent }) => ceiling === null || spent < ceiling);
  const held = purses.some(({ ceiling, held }) => ceiling !== null && held > 0n);
  if (spent && held) {
    return new AppError(
      "over_budget",
      "What is left of today's budget is reserved for replies under way.",
      { retryAfterMs: 5_000, retryable: true },
    );
  }
  if (day.shorter) {
    return new AppError(
      "over_budget",
      "This message is too long for what is left of today's budget. Write a shorter one.",
    );
  }
  const wait = day.dayEnds - day.now;
  return new AppError(
    "over_budget",
    `${USED_UP} ${sendAgain(SAYS, day.dayEnds, day.now, true, day.timeZone)}`,
    { retryAfterMs: wait },
  );
}
