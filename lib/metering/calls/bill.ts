import type { Key } from "../../store/key.ts";
import type { Tx } from "../../store/transactions.ts";
import type { Attempt, CallCost } from "../call_records.ts";
import type { AttemptPart, RequestBounds } from "./attempts.ts";
import type { Settlement } from "./call_steps.ts";

/** Handle to a call under way, for the function that makes it. */
export interface Bill {
  /** Cost of the last attempt, at first its worst case; null when nothing can be billed. */
  cost: CallCost | null;
  /** Further writes for the commit that books the cost. */
  also?: (tx: Tx) => void;
  /** Keys that `also` reads. */
  reads?: readonly Key<unknown>[];
  /** Outcome of a reply, for its hour. */
  turn?: ReplyOfHour;
  /** The attempt that is under way. */
  attempt(): Attempt;
  /**
   * Ends the attempt as failed, and holds for the chain's next one.
   * @throws {ProviderError} the previous failure, when a budget lacks room for the next.
   */
  next(part: AttemptPart, bounds: RequestBounds): Promise<void>;
}

/** How a reply went, for its hour. */
type ReplyOfHour = NonNullable<Settlement["turn"]>;
