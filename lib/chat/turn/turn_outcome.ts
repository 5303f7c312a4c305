import type { FinishReason } from "../../shared/chat_events.ts";
import type { ReplyCharge } from "../../metering/calls/reply_cost.ts";
import type { Failure } from "../records.ts";

export interface TurnOutcome {
  text: string;
  reason: FinishReason;
  at: number;
  /** Hour in the organisation's time zone in which the turn began. */
  hour: number;
  /** Time to the first word, in ms; null when none came, or it is unknown. */
  waitedMs: number | null;
  /** Usage and cost of its last attempt; null when nothing was spent. */
  spent: ReplyCharge | null;
  failure: Failure | null;
  /** Whether a page of this process followed it to its end. */
  followed: boolean;
  /** Whether its text was stored while it ran, and must be deleted. */
  progressKept: boolean;
}
