import type { FinishReason } from "../../shared/chat_events.ts";
import type { NanoUsd } from "../../shared/money.ts";
import type { LedgerEntry } from "../../metering/records.ts";
import type { Doubt } from "../../metering/rules/claims.ts";
import type { Failure } from "../records.ts";

/** How a turn ended. */
export interface Closing {
  text: string;
  reason: FinishReason;
  at: number;
  /** The hour, on the organisation's wall, in which the turn began. */
  hour: number;
  /** Milliseconds from the turn's beginning to its first words; null when none came, or it is not known. */
  waitedMs: number | null;
  /** What was used and what it cost; null when nothing was spent. */
  spent: Spent | null;
  failure: Failure | null;
  provider: string;
  simulated: boolean;
  /** Whether its text was kept while it ran, and so must be deleted. */
  progressKept: boolean;
}

export interface Spent {
  input: number;
  cached: number;
  output: number;
  reasoning: number;
  usd: NanoUsd;
  basis: LedgerEntry["basis"];
  /** What is odd about what the provider told. */
  doubt?: Doubt | null;
}
