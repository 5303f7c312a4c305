import type { Calendar } from "../platform/calendar.ts";
import { type BudgetUse, type BudgetWindow, isShare } from "./rules/budget.ts";
import { AppError } from "../platform/errors.ts";
import type { RateDecision } from "../limits/rules/rate.ts";

/** A reply is still being written in this conversation. */
export function conversationBusy(): AppError {
  return new AppError(
    "conflict",
    { code: "turn.busy" },
    { retryable: true },
  );
}

/** The request id has begun a turn with another tool. */
export function askedElsewhere(): AppError {
  return new AppError("conflict", { code: "turn.asked_elsewhere" });
}

/** A rate limit is reached in its window. */
export function rateLimited(
  { waitMs }: RateDecision,
  things: "messages" | "codes" | "recordings" = "messages",
): AppError {
  return new AppError("limited", { code: "rate.limited", things, waitMs }, {
    retryAfterMs: waitMs,
  });
}

/** End of a budget's current window, in milliseconds since 1970. */
export type WindowEnds = (window: BudgetWindow) => number;

/** Longest day, in ms: a budget that opens later is that of a month. */
const LONGEST_DAY = 25 * 60 * 60_000;

/** The code for a used-up budget, or a person's share of one, by its end. */
export function usedUpCode(opensAt: number, now: number, shareUsed = false) {
  const month = opensAt - now > LONGEST_DAY;
  if (!shareUsed) return { code: month ? "budget.month_used" : "budget.used", opensAt } as const;
  return { code: month ? "share.month_used" : "share.used", whose: "person", opensAt } as const;
}

interface Moment {
  now: number;
  ends: WindowEnds;
  /** Whether a shorter question would have room. */
  shorter?: boolean;
}

/** Ends of the day and month that contain an instant. */
export function windowEnds(calendar: Calendar, now: number): WindowEnds {
  return (window) => {
    if (window === "day") return calendar.endOfDay(now);
    const [year = 0, month = 0] = calendar.dayOf(now).split("-").map(Number);
    return calendar.startOf(new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10));
  };
}

/** The refusal of a call for which a budget, or a share of one, has no room. */
export function budgetRefusal(
  at: Moment,
  budgets: readonly BudgetUse[],
  nearest: BudgetUse | null,
): AppError {
  const window = nearest?.window ?? "day";
  const end = at.ends(window);
  if (nearest?.scope === "api_key" && nearest.held === 0n) {
    const { now } = at;
    return new AppError("over_budget", { code: "api.budget_used", window, opensAt: end }, {
      retryAfterMs: end - now,
    });
  }
  if (nearest === null || !isShare(nearest)) {
    return overBudget(at, window, budgets.filter((budget) => !isShare(budget)));
  }
  if (nearest.held > 0n && nearest.spent < (nearest.limit ?? 0n)) {
    return new AppError(
      "over_share",
      { code: "share.held" },
      { retryAfterMs: 5_000, retryable: true },
    );
  }
  const whose = nearest.scope === "person" ? "person" : "address";
  const code = window === "day" ? "share.used" : "share.month_used";
  return new AppError("over_share", { code, whose, opensAt: end }, {
    retryAfterMs: end - at.now,
  });
}

/**
 * A ceiling has no room for a reply: at the moment, because of replies under way; for this
 * message (`shorter`); or until the budget's window ends.
 */
function overBudget(
  { now, ends, shorter }: Moment,
  window: BudgetWindow,
  budgets: readonly BudgetUse[],
): AppError {
  const spent = budgets.every(({ limit, spent }) => limit === null || spent < limit);
  const held = budgets.some(({ limit, held }) => limit !== null && held > 0n);
  if (spent && held) {
    return new AppError(
      "over_budget",
      { code: "budget.held" },
      { retryAfterMs: 5_000, retryable: true },
    );
  }
  if (shorter) return new AppError("over_budget", { code: "budget.message_too_long" });
  const opensAt = ends(window);
  const code = window === "day" ? "budget.used" : "budget.month_used";
  return new AppError("over_budget", { code, opensAt }, { retryAfterMs: opensAt - now });
}
