import type { ChatEvent, CostEvent, FinishReason, StartEvent } from "./chat_events.ts";
import type { FailureView, RunningView } from "./views/chat_view.ts";

/**
 * What happened in a conversation since its page was rendered, folded from
 * {@link ChatEvent}s: given this event, what now? Pure; the islands draw it.
 */
export interface ChatState {
  /** Turns begun or under way since then, oldest first. */
  turns: TurnView[];
  /** A question on its way, until its turn starts. */
  pending: PendingTurn | null;
  /** Messages of the page from this seq on were replaced by a turn. */
  replacedFrom: number | null;
  /** The latest figures, when any came. */
  cost: CostEvent | null;
  /** The page can no longer be right: load it anew. */
  stale: boolean;
}

export interface TurnView {
  turnId: string;
  /** Place of its question. */
  seq: number;
  /** The question, or null when it stands in the page already. */
  question: StartEvent["question"] | null;
  model: string;
  /** Finished blocks of the reply. They are only ever added to, until the whole reply replaces them. */
  blocks: string[];
  /** How much of the reply's text the blocks cover. */
  upTo: number;
  /** The text after them, still plain. */
  tail: string;
  notices: string[];
  cost: CostEvent | null;
  phase: Phase;
}

export type Phase =
  | { name: "running"; stopping: boolean }
  | { name: "done"; seq: number; reason: FinishReason; html: string }
  | { name: "failed"; error: FailureView };

/** A question to which nothing came, where no more is known. */
export const NO_ANSWER: FailureView = { title: "", detail: "", retryable: true };

export interface PendingTurn {
  action: TurnAction;
  message: string;
  /** Place of the question that is edited. */
  seq: number | null;
  /** Known once the server took it. */
  turnId: string | null;
}

export type TurnAction = "send" | "regenerate" | "edit" | "continue";

/** What the person's own browser adds to the server's events. */
export type LocalEvent =
  | { type: "sent"; pending: PendingTurn }
  | { type: "taken"; turnId: string }
  | { type: "refused" }
  | { type: "stopping"; on: boolean };

export function openChat(running: RunningView | null): ChatState {
  const turns = running ? [newTurn({ ...running, question: null, model: "" })] : [];
  return { turns, pending: null, replacedFrom: null, cost: null, stale: false };
}

export function reduce(state: ChatState, event: ChatEvent | LocalEvent): ChatState {
  switch (event.type) {
    case "sent":
      return { ...state, pending: event.pending };
    case "taken":
      return taken(state, event.turnId);
    case "refused":
      return { ...state, pending: null };
    case "start":
      return start(state, event);
    case "reload":
      return { ...state, stale: true };
    case "cost":
      return { ...inTurn(state, (turn) => ({ ...turn, cost: event }), true), cost: event };
    case "delta":
      return inTurn(state, (turn) => ({ ...turn, tail: turn.tail + event.text }));
    case "html":
      return inTurn(state, (turn) => ({
        ...turn,
        blocks: [...turn.blocks, ...event.blocks],
        upTo: event.upTo,
        tail: turn.tail.slice(Math.max(0, event.upTo - turn.upTo)),
      }));
    case "notice":
      // The cost meter says by itself when a conversation has become dear.
      if (event.kind === "alert") return state;
      return inTurn(state, (turn) => ({ ...turn, notices: [...turn.notices, event.text] }));
    case "stopping":
      return inTurn(state, (turn) => ({
        ...turn,
        phase: { name: "running", stopping: event.on },
      }));
    case "done":
      return inTurn(state, (turn) => ended(turn, NO_ANSWER, event.reason, event.html));
    case "error":
      return inTurn(state, (turn) => ended(turn, event, "interrupted", turn.blocks.join("")));
  }
}

/** The turn under way, or null. */
export function runningTurn(state: ChatState): TurnView | null {
  const last = state.turns.at(-1);
  return last?.phase.name === "running" ? last : null;
}

/** True while a question is on its way or being answered: the next one has to wait. */
export function isBusy(state: ChatState): boolean {
  return state.pending !== null || runningTurn(state) !== null;
}

/** How a turn ended: what came of a reply before it failed is kept as one that broke off. */
function ended(turn: TurnView, error: FailureView, reason: FinishReason, html: string): TurnView {
  const phase: Phase = html.trim() === ""
    ? { name: "failed", error }
    : { name: "done", seq: turn.seq + 1, reason, html };
  return { ...turn, tail: "", phase };
}

function start(state: ChatState, event: StartEvent): ChatState {
  const { turnId, question, model } = event;
  const { seq } = question;
  const kept = state.turns.filter((turn) => turn.turnId !== turnId && turn.seq < seq);
  return {
    ...state,
    turns: [...kept, newTurn({ turnId, seq, question, model, blocks: [], upTo: 0, tail: "" })],
    pending: answers(event, state.pending) ? null : state.pending,
    replacedFrom: Math.min(seq, state.replacedFrom ?? Infinity),
  };
}

/** The answer to a post may come after its turn started, or even ended. */
function taken(state: ChatState, turnId: string): ChatState {
  if (!state.pending) return state;
  const begun = state.turns.some((turn) => turn.turnId === turnId);
  return { ...state, pending: begun ? null : { ...state.pending, turnId } };
}

function answers({ turnId, question }: StartEvent, pending: PendingTurn | null): boolean {
  if (!pending || pending.turnId === turnId) return true;
  return pending.turnId === null &&
    (pending.action === "regenerate" || pending.message.trim() === question.text.trim());
}

/** Changes the turn under way; with `ended`, the latest one even after its end. */
function inTurn(state: ChatState, change: (turn: TurnView) => TurnView, ended = false): ChatState {
  const last = state.turns.at(-1);
  if (!last || (!ended && last.phase.name !== "running")) return state;
  return { ...state, turns: [...state.turns.slice(0, -1), change(last)] };
}

function newTurn(
  from: Pick<TurnView, "turnId" | "seq" | "question" | "model" | "blocks" | "upTo" | "tail">,
): TurnView {
  return { ...from, notices: [], cost: null, phase: { name: "running", stopping: false } };
}
