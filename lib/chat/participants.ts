import type { PromptBackground } from "../llm/rules/prompt.ts";
import type { NanoUsd } from "../shared/money.ts";
import type { Running } from "../metering/call_records.ts";
import type { Key } from "../store/key.ts";
import type { Tx } from "../store/transactions.ts";
import type { Tool } from "../tools/rules/tool.ts";
import type { RetainedFamily } from "./history/retained.ts";
import type { TurnOutcome } from "./turn/turn_outcome.ts";

/**
 * A capability that writes in a turn's commits, or keeps records of a conversation.
 * Chat runs all participants in list order, inside its own commits. Parts read other sources before
 * the commit: `run` may be repeated, and must depend on its named keys only.
 */
export interface TurnParticipant {
  /** Names its data in a turn; stored, so never changed. */
  readonly name: string;
  begin?(turn: TurnToBegin): BeginPart | null;
  settle?(running: Running, outcome: TurnOutcome): SettlePart | null;
  /** Called after the commit, in the process that settled the turn. */
  settled?(running: Running): void;
  /** Called when a budget refused a turn of another version, which a participant had chosen. */
  refused?(turn: TurnToBegin, variant: string): void;
  erase?(which: ConversationId): ErasePart;
  /** Keys of its records of a conversation, to be deleted after the conversation. */
  kept?(conversation: string): Promise<readonly Key<unknown>[]>;
  /** Its records with limited retention. */
  readonly retained?: readonly RetainedFamily[];
}

export interface TurnToBegin {
  visitor: string;
  /** The tool as it is stored, or a draft of it. */
  tool: Tool;
  channel: string;
  /** Start of the turn, and its day. */
  now: number;
  day: string;
  /** Excluded from review, whatever the settings. */
  unread?: boolean;
  /** Whether an admin tries something: a draft, or a simulated phone. */
  trial?: boolean;
}

/** Part in the commit that begins a turn; runs before the hold is decided. */
export interface BeginPart {
  /** Whether this turn may be reviewed. */
  reviewable?: boolean;
  /** Keys that `version` and `run` read. */
  reads?: readonly Key<unknown>[];
  /**
   * Chooses another version of the tool; null for the tool as it is. It reads keys of `reads` only,
   * which may be stale: `run` checks the choice.
   */
  version?(read: ReadRecord): Promise<ChosenTool | null>;
  /** Adds to the prompt. It reads keys of `reads`, as `version` does. */
  recall?(read: ReadRecord, asking: AskedQuestion): Promise<PromptBackground | null>;
  /** @throws {StaleRead} when the version or the background does not apply: choose again. */
  run?(tx: Tx, begun: BegunQuestion): BeginContribution;
}

export type ReadRecord = <T>(key: Key<T>) => Promise<T | null>;

/** The tool as a turn uses it; `variant` names the version in replies and the ledger. */
export interface ChosenTool {
  tool: Tool;
  variant: string | null;
}

/** A question before its turn begins, and the conversation that it continues. */
export interface AskedQuestion {
  text: string;
  conversation: string | null;
}

/** The question of a turn that begins. */
export interface BegunQuestion {
  text: string;
  /** The longest reply, in tokens. */
  maxTokens: number;
  /** The chosen version. */
  variant: string | null;
}

/** Contribution of a participant to a turn that begins. */
export interface BeginContribution {
  /** Data for its settlement part; stored in the turn under the participant's name. */
  keep?: unknown;
  /** Worst case of its costs on top of the reply, held with it. */
  cost?: NanoUsd;
  /** Whether the person is known, so that their address's share does not apply. */
  known?: boolean;
}

/** Part in the commit that settles a turn; runs after the reply and the head are written. */
export interface SettlePart {
  reads: readonly Key<unknown>[];
  /** Upper estimate of the bytes that it writes. */
  weight?: number;
  /** Returns its cost on top of the reply, which it has booked itself. */
  run(tx: Tx, settled: SettledConversation): NanoUsd;
}

/** The conversation after the settlement. */
export interface SettledConversation {
  /** False when the conversation was deleted or archived during the turn. */
  kept: boolean;
  messages: number;
  /** Cost of the whole conversation. */
  session: NanoUsd;
}

export interface ConversationId {
  visitor: string;
  tool: string;
  conversation: string;
}

/** Part in the commit that deletes a conversation. */
export interface ErasePart {
  reads: readonly Key<unknown>[];
  /** Number of messages by its own records; null when it has none. */
  messages(tx: Tx): number | null;
  run(tx: Tx): void;
}

/** A part in the beginning of a turn, with the name of its participant. */
export interface NamedPart extends BeginPart {
  name: string;
}

/** Parts of all participants in the beginning of a turn, in list order. */
export function partsToBegin(
  participants: readonly Pick<TurnParticipant, "name" | "begin">[],
  turn: TurnToBegin,
): NamedPart[] {
  return participants.flatMap((participant) => {
    const part = participant.begin?.(turn) ?? null;
    return part === null ? [] : [{ ...part, name: participant.name }];
  });
}

/** The version that the first of the parts chooses; null for the tool as it is. */
export async function chosenTool(
  parts: readonly BeginPart[],
  read: ReadRecord,
): Promise<ChosenTool | null> {
  for (const { version } of parts) {
    const chosen = await version?.(read) ?? null;
    if (chosen !== null) return chosen;
  }
  return null;
}

/** The background that the first of the parts adds; null for none. */
export async function backgroundOf(
  parts: readonly BeginPart[],
  read: ReadRecord,
  asking: AskedQuestion,
): Promise<PromptBackground | null> {
  for (const part of parts) {
    const background = await part.recall?.(read, asking) ?? null;
    if (background !== null) return background;
  }
  return null;
}

/** Runs all parts in the beginning of a turn. */
export function runToBegin(tx: Tx, parts: readonly NamedPart[], begun: BegunQuestion) {
  const keep: Record<string, unknown> = {};
  let cost = 0n;
  let known = false;
  for (const { name, run } of parts) {
    const joining = run?.(tx, begun) ?? {};
    if (joining.keep !== undefined) keep[name] = joining.keep;
    cost += joining.cost ?? 0n;
    known ||= joining.known ?? false;
  }
  return { keep, cost, known };
}

/** Parts of all participants in the settlement of a turn, in list order. */
export function partsToSettle(
  participants: readonly TurnParticipant[],
  running: Running,
  outcome: TurnOutcome,
): SettlePart[] {
  return participants.flatMap((participant) => participant.settle?.(running, outcome) ?? []);
}
