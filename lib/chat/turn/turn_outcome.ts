import type { FinishReason } from "../../shared/chat_events.ts";
import type { ReplyCharge } from "../../metering/calls/reply_cost.ts";
import type { Failure } from "../records.ts";

/** How a turn ended. */
export interface TurnOutcome {
  text: string;
  reason: FinishReason;
  at: number;
  /** The hour, on the organisation's wall, in which the turn began. */
  hour: number;
  /** Milliseconds from the turn's beginning to its first words; null when none came, or it is not known. */
  waitedMs: number | null;
  /** What its last attempt used and cost; null when nothing was spent. */
  spent: ReplyCharge | null;
  failure: Failure | null;
  /** Whether its text was kept while it ran, and so must be deleted. */
  progressKept: boolean;
}
