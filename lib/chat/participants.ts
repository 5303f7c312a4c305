import type { NanoUsd } from "../shared/money.ts";
import type { Running } from "../metering/call_records.ts";
import type { Key } from "../store/key.ts";
import type { Tx } from "../store/transactions.ts";
import type { RetainedFamily } from "./history/retained.ts";
import type { TurnOutcome } from "./turn/turn_outcome.ts";

/**
 * A capability that writes together with a turn, or keeps something of a conversation.
 *
 * Chat runs all participants in the order of its list, inside its own commits. What a part reads
 * from elsewhere is read before the commit: `run` may run several times, and must depend on nothing
 * but the keys that it named.
 */
export interface TurnParticipant {
  /** Names what it keeps in a turn; stored, so never changed. */
  readonly name: string;
  begin?(turn: TurnToBegin): BeginPart | null;
  settle?(running: Running, outcome: TurnOutcome): SettlePart | null;
  /** Called in the process that settled a turn, once that is stored. */
  settled?(running: Running): void;
  erase?(which: ConversationId): ErasePart;
  /** Keys of all that it keeps of a conversation, to be deleted after it disappeared. */
  kept?(conversation: string): Promise<readonly Key<unknown>[]>;
  /** What it keeps for some time only. */
  readonly retained?: readonly RetainedFamily[];
}

/** A turn before anything was read for it. */
export interface TurnToBegin {
  visitor: string;
  channel: string;
  /** The longest reply, in tokens. */
  maxTokens: number;
  /** Not to be read by reviewers, whatever the settings. */
  unread?: boolean;
}

/** Part in the commit that begins a turn; it comes before the hold is decided. */
export interface BeginPart {
  /** Whether reviewers may read what is said in this turn. */
  reviewable?: boolean;
  reads?: readonly Key<unknown>[];
  /** `text` is the question. */
  run?(tx: Tx, text: string): BeginContribution;
}

/** What a participant adds to a turn that begins. */
export interface BeginContribution {
  /** What the settlement is told again; stored in the turn under the participant's name. */
  keep?: unknown;
  /** What it may cost on top of the reply, held with it. */
  cost?: NanoUsd;
  /** The person is known: the share of their address does not bound them. */
  known?: boolean;
}

/** Part in the commit that settles a turn; it comes after the reply and the head are written. */
export interface SettlePart {
  reads: readonly Key<unknown>[];
  /** Bytes that it writes at most, roughly. */
  weight?: number;
  /** Returns what it cost on top of the reply, already booked. */
  run(tx: Tx, settled: SettledConversation): NanoUsd;
}

/** The conversation as a settlement leaves it. */
export interface SettledConversation {
  /** False when the conversation disappeared, or was put aside, while the turn ran. */
  kept: boolean;
  /** How many messages it has. */
  messages: number;
  /** Spent in it. */
  session: NanoUsd;
}

export interface ConversationId {
  visitor: string;
  tool: string;
  conversation: string;
}

/** Part in the commit that makes a conversation disappear. */
export interface ErasePart {
  reads: readonly Key<unknown>[];
  /** How many messages the conversation has by its own records; null when it knows of none. */
  messages(tx: Tx): number | null;
  run(tx: Tx): void;
}

/** A part in the beginning of a turn, with the name of its participant. */
export interface NamedPart extends BeginPart {
  name: string;
}

/** The parts of all participants in the beginning of a turn, in their order. */
export function partsToBegin(
  participants: readonly Pick<TurnParticipant, "name" | "begin">[],
  turn: TurnToBegin,
): NamedPart[] {
  return participants.flatMap((participant) => {
    const part = participant.begin?.(turn) ?? null;
    return part === null ? [] : [{ ...part, name: participant.name }];
  });
}

/** Runs all parts in the beginning of a turn. */
export function runToBegin(tx: Tx, parts: readonly NamedPart[], text: string) {
  const keep: Record<string, unknown> = {};
  let cost = 0n;
  let known = false;
  for (const { name, run } of parts) {
    const joining = run?.(tx, text) ?? {};
    if (joining.keep !== undefined) keep[name] = joining.keep;
    cost += joining.cost ?? 0n;
    known ||= joining.known ?? false;
  }
  return { keep, cost, known };
}

/** The parts of all participants in the settlement of a turn, in their order. */
export function partsToSettle(
  participants: readonly TurnParticipant[],
  running: Running,
  outcome: TurnOutcome,
): SettlePart[] {
  return participants.flatMap((participant) => participant.settle?.(running, outcome) ?? []);
}
