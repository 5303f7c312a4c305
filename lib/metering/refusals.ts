import type { Purse } from "./rules/budget.ts";
import { AppError } from "../platform/errors.ts";
import type { RateDecision } from "../limits/rules/rate.ts";

/** A reply is still being written in this conversation. */
export function busy(): AppError {
  return new AppError(
    "conflict",
    { code: "turn.busy" },
    { retryable: true },
  );
}

/** There were too many messages, or other things, in the window of a limit. */
export function tooMany(
  { waitMs }: RateDecision,
  things: "messages" | "codes" = "messages",
): AppError {
  return new AppError("limited", { code: "rate.limited", things, waitMs }, {
    retryAfterMs: waitMs,
  });
}

interface DayEnd {
  now: number;
  dayEnds: number;
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
      { code: "share.held" },
      { retryAfterMs: 5_000, retryable: true },
    );
  }
  return new AppError("over_share", { code: "share.used", whose, opensAt: day.dayEnds }, {
    retryAfterMs: day.dayEnds - day.now,
  });
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
      { code: "budget.held" },
      { retryAfterMs: 5_000, retryable: true },
    );
  }
  if (day.shorter) {
    return new AppError("over_budget", { code: "budget.message_too_long" });
  }
  return new AppError("over_budget", { code: "budget.used", opensAt: day.dayEnds }, {
    retryAfterMs: day.dayEnds - day.now,
  });
}
