import { alertingOf } from "../../metering/budgets_in_force.ts";
import { causeOf, mayBeLater } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import type { Transactions } from "../../store/transactions.ts";
import { unsaved } from "../failures.ts";
import { settle, type Settled, type TurnToSettle } from "./settle_turn.ts";
import type { Closing } from "./turn_outcome.ts";

/** UTF-16 units of a text that is surely within the 64 KiB of a record, whatever it is written in. */
const SURELY_FITS = 10_000;

type Sources = Parameters<typeof alertingOf>[0];

export interface SettleDeps extends Sources {
  store: Sources["store"] & { transactions: Transactions };
  log: Log;
}

/**
 * Settles a turn, with less of its text when the store can never take all of it:
 * a hold must end, and what was spent must be booked, whatever the text is.
 * Returns the ending as it was settled.
 * @throws {AppError} `unavailable` when it may be settled later; anything else never can be.
 */
export async function settleAnyway(
  deps: SettleDeps,
  turn: TurnToSettle,
): Promise<{ settled: Settled | null; closing: Closing }> {
  for (let { closing } = turn;;) {
    try {
      const { transactions } = deps.store;
      const settled = await settle(transactions, { ...turn, closing }, alertingOf(deps));
      return { settled, closing };
    } catch (error) {
      const less = mayBeLater(error) ? null : withLess(closing);
      if (less === null) throw error;
      deps.log("error", "A reply cannot be saved as it is", {
        turn: turn.running.turn,
        length: closing.text.length,
        error: causeOf(error),
      });
      closing = less;
    }
  }
}

/** The same ending with its text cut, then without it; null when there is none. */
function withLess(closing: Closing): Closing | null {
  const { text } = closing;
  if (text.length > SURELY_FITS) {
    return { ...closing, text: text.slice(0, SURELY_FITS).toWellFormed(), reason: "length" };
  }
  return text === "" ? null : { ...closing, text: "", failure: closing.failure ?? unsaved() };
}
