import type { Calendar } from "../platform/calendar.ts";
import { type BudgetUse, type BudgetWindow, isShare } from "./rules/budget.ts";
import { AppError } from "../platform/errors.ts";
import type { RateDecision } from "../limits/rules/rate.ts";
import { sendAgain } from "../shared/send_again.ts";

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
export const USED_UP = "This tool has reached today's limit.";
export const SHARE_USED = "You have used your share of today.";

/** When the current window of a budget ends, in milliseconds since 1970. */
export type WindowEnds = (window: BudgetWindow) => number;

interface Moment {
  now: number;
  ends: WindowEnds;
  timeZone: string;
  /** Whether a question of fewer words would have had room. */
  shorter?: boolean;
}

/** When the day or the month ends that an instant is in. */
export function windowEnds(calendar: Calendar, now: number): WindowEnds {
  return (window) => {
    if (window === "day") return calendar.endOfDay(now);
    const [year = 0, month = 0] = calendar.dayOf(now).split("-").map(Number);
    return calendar.startOf(new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10));
  };
}

/** The refusal of a call for which a budget, or somebody's share of one, leaves no room. */
export function noRoom(
  at: Moment,
  budgets: readonly BudgetUse[],
  nearest: BudgetUse | null,
): AppError {
  const window = nearest?.window ?? "day";
  const end = at.ends(window);
  if (nearest === null || !isShare(nearest)) {
    return overBudget(at, window, budgets.filter((budget) => !isShare(budget)));
  }
  if (nearest.held > 0n && nearest.spent < (nearest.limit ?? 0n)) {
    return new AppError(
      "over_share",
      "What is left of your share of today is reserved for replies under way.",
      { retryAfterMs: 5_000, retryable: true },
    );
  }
  const who = nearest.scope === "person"
    ? SHARE_USED
    : "New visitors from your network have used their share of today.";
  return new AppError(
    "over_share",
    `${who} ${sendAgain(end, at.now, false, at.timeZone)}`,
    { retryAfterMs: end - at.now },
  );
}

/**
 * A ceiling leaves no room for a reply: for now, because of replies under way, for this
 * message (`shorter`: one of fewer words would fit), or until the budget's window ends.
 */
function overBudget(
  { now, ends, timeZone, shorter }: Moment,
  window: BudgetWindow,
  budgets: readonly BudgetUse[],
): AppError {
  const spent = budgets.every(({ limit, spent }) => limit === null || spent < limit);
  const held = budgets.some(({ limit, held }) => limit !== null && held > 0n);
  if (spent && held) {
    return new AppError(
      "over_budget",
      "What is left of today's budget is reserved for replies under way.",
      { retryAfterMs: 5_000, retryable: true },
    );
  }
  if (shorter) {
    return new AppError(
      "over_budget",
      "This message is too long for what is left of today's budget. Write a shorter one.",
    );
  }
  const what = window === "day" ? USED_UP : "This month's budget is used up.";
  return new AppError(
    "over_budget",
    `${what} ${sendAgain(ends(window), now, true, timeZone)}`,
    { retryAfterMs: ends(window) - now },
  );
}
