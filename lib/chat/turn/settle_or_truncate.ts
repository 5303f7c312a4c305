import { alertingOf } from "../../metering/budgets_in_force.ts";
import { causeOf, isRetryable } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import type { Transactions } from "../../store/transactions.ts";
import { unstorableReply } from "../failures.ts";
import { type SettledTurn, settleTurn, type TurnToSettle } from "./settle_turn.ts";
import type { TurnOutcome } from "./turn_outcome.ts";

/** UTF-16 units of any text that surely fits into a record of 64 KiB. */
const SURELY_FITS = 10_000;

type Sources = Parameters<typeof alertingOf>[0];

export interface SettleDeps extends Sources {
  store: Sources["store"] & { transactions: Transactions };
  log: Log;
}

/**
 * Settles a turn, cutting its text when the store can never accept all of it.
 * The hold must end and the cost be booked, whatever the text. Returns the outcome as settled.
 * @throws {AppError} `unavailable` when a retry may succeed; any other error is final.
 */
export async function settleOrTruncate(
  deps: SettleDeps,
  turn: TurnToSettle,
): Promise<{ settled: SettledTurn | null; outcome: TurnOutcome }> {
  for (let { outcome } = turn;;) {
    try {
      const { transactions } = deps.store;
      const settled = await settleTurn(transactions, { ...turn, outcome }, alertingOf(deps));
      return { settled, outcome };
    } catch (error) {
      const less = isRetryable(error) ? null : withLess(outcome);
      if (less === null) throw error;
      deps.log("error", "A reply cannot be stored in full", {
        turn: turn.running.turn,
        length: outcome.text.length,
        error: causeOf(error),
      });
      outcome = less;
    }
  }
}

/** The outcome with its text cut, then without it; null when there is none left. */
function withLess(outcome: TurnOutcome): TurnOutcome | null {
  const { text } = outcome;
  if (text.length > SURELY_FITS) {
    return { ...outcome, text: text.slice(0, SURELY_FITS).toWellFormed(), reason: "length" };
  }
  return text === ""
    ? null
    : { ...outcome, text: "", failure: outcome.failure ?? unstorableReply() };
}
