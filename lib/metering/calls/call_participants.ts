import type { NanoUsd } from "../../shared/money.ts";
import type { Key } from "../../store/key.ts";
import type { Tx } from "../../store/transactions.ts";
import type { AuxiliaryCall } from "../call_records.ts";

/**
 * A capability that counts auxiliary calls in records of its own. Its part runs in the commit that
 * settles the call, also by recovery: so each call counts once, whatever happened to its process.
 */
export interface CallParticipant {
  /** Names its data in a call; stored, so never changed. */
  readonly name: string;
  /** Its part in the settlement of a call with this data; null when it has none. */
  settle(data: unknown): CallPart | null;
}

interface CallPart {
  reads: readonly Key<unknown>[];
  run(tx: Tx, settled: CountedCall): void;
}

export interface CountedCall {
  /** Cost of all attempts. */
  usd: NanoUsd;
  /** Whether recovery settled it: its result reached nobody. */
  lost: boolean;
}

/** The participants' parts in the settlement of a call. */
export function callParts(
  participants: readonly CallParticipant[],
  { participants: data = {} }: Pick<AuxiliaryCall, "participants">,
): CallPart[] {
  return participants.flatMap(({ name, settle }) => name in data ? settle(data[name]) ?? [] : []);
}
