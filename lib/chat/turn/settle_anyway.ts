import { alertingOf } from "../../metering/budgets_in_force.ts";
import { causeOf, mayBeLater } from "../../platform/errors.ts";
import type { Running } from "../../metering/records.ts";
import type { Deps } from "../../deps.ts";
import { unsaved } from "../failures.ts";
import { settle, type Settled } from "./settle_turn.ts";
import type { Closing } from "./turn_outcome.ts";
import type { TurnParticipant } from "../participants.ts";

/** UTF-16 units of a text that is surely within the 64 KiB of a record, whatever it is written in. */
const SURELY_FITS = 10_000;

/**
 * Settles a turn, with less of its text when the store can never take all of it:
 * a hold must end, and what was spent must be booked, whatever the text is.
 * Returns the ending as it was settled.
 * @throws {AppError} `unavailable` when it may be settled later; anything else never can be.
 */
export async function settleAnyway(
  deps: Deps,
  process: string,
  running: Running,
  whole: Closing,
  participants: readonly TurnParticipant[],
): Promise<{ settled: Settled | null; closing: Closing }> {
  for (let closing = whole;;) {
    try {
      const { transactions } = deps.store;
      const settled = await settle(
        transactions,
        process,
        running,
        closing,
        alertingOf(deps),
        participants,
      );
      return { settled, closing };
    } catch (error) {
      const less = mayBeLater(error) ? null : withLess(closing);
      if (less === null) throw error;
      deps.log("error", "A reply cannot be saved as it is", {
        turn: running.turn,
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
