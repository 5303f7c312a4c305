import type {
  ChatEvent,
  CostEvent,
  FinishReason,
  StartEvent,
  TurnVersions,
} from "./chat_events.ts";
import type { EstimateView, FailureView, RunningView } from "./views/chat_view.ts";

/** Changes of a conversation since its page was rendered, reduced from {@link ChatEvent}s. */
export interface ChatState {
  /** Turns begun or running since then, oldest first. */
  turns: TurnView[];
  /** A sent question, until its turn starts. */
  pending: PendingTurn | null;
  /** A turn replaced the page's messages from this seq on. */
  replacedFrom: number | null;
  /** The latest figures, if any. */
  cost: CostEvent | null;
  /** The page is out of date: reload it. */
  stale: boolean;
  /** Figures of the messages that took the place of the page's, where another version is shown. */
  estimate?: EstimateView;
}

export interface TurnView {
  turnId: string;
  /** Sequence number of its question. */
  seq: number;
  /** The question; null when it is in the page already. */
  question: StartEvent["question"] | null;
  model: string;
  /** Finished blocks of the reply; only appended to, until the whole reply replaces them. */
  blocks: string[];
  /** UTF-16 units of the reply's text that the blocks cover. */
  upTo: number;
  /** The text after them, still plain. */
  tail: string;
  notices: string[];
  cost: CostEvent | null;
  versions?: TurnVersions;
  phase: Phase;
}

export type Phase =
  | { name: "running"; stopping: boolean }
  | { name: "done"; seq: number; at: number | null; reason: FinishReason; html: string }
  | { name: "failed"; error: FailureView };

/** A failed turn without further details. */
export const NO_ANSWER: FailureView = { title: "", detail: "", retryable: true };

export interface PendingTurn {
  action: TurnAction;
  message: string;
  /** Sequence number of the edited question. */
  seq: number | null;
  requestId?: string;
  /** Set once the server accepted it. */
  turnId: string | null;
}

export type TurnAction = "send" | "regenerate" | "edit" | "continue";

/** Events from the person's own browser. */
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
    case "withdrawn":
      return inTurn(state, (turn) => ({ ...turn, blocks: [], tail: "" }));
    case "notice":
      // The cost meter itself shows when a conversation has become expensive.
      if (event.kind === "alert") return state;
      return inTurn(state, (turn) => ({ ...turn, notices: [...turn.notices, event.text] }));
    case "stopping":
      return inTurn(state, (turn) => ({
        ...turn,
        phase: { name: "running", stopping: event.on },
      }));
    case "done":
      return inTurn(state, (turn) => ended(turn, NO_ANSWER, event.reason, event.html, event.at));
    case "error":
      return inTurn(state, (turn) => ended(turn, event, "interrupted", turn.blocks.join("")));
  }
}

/** The running turn, or null. */
export function runningTurn(state: ChatState): TurnView | null {
  const last = state.turns.at(-1);
  return last?.phase.name === "running" ? last : null;
}

/** Whether a question is pending or being answered: the next one has to wait. */
export function isBusy(state: ChatState): boolean {
  return state.pending !== null || runningTurn(state) !== null;
}

/** Ends a turn: the received part of a failed reply is kept as an interrupted one. */
function ended(
  turn: TurnView,
  error: FailureView,
  reason: FinishReason,
  html: string,
  at: number | null = null,
): TurnView {
  const phase: Phase = html.trim() === ""
    ? { name: "failed", error }
    : { name: "done", seq: turn.seq + 1, at, reason, html };
  return { ...turn, tail: "", phase };
}

function start(state: ChatState, event: StartEvent): ChatState {
  const { turnId, question, model, versions } = event;
  const { seq } = question;
  const kept = state.turns.filter((turn) => turn.turnId !== turnId && turn.seq < seq);
  return {
    ...state,
    turns: [
      ...kept,
      newTurn({ turnId, seq, question, model, versions, blocks: [], upTo: 0, tail: "" }),
    ],
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

/** Changes the running turn; with `ended`, the latest one even after its end. */
function inTurn(state: ChatState, change: (turn: TurnView) => TurnView, ended = false): ChatState {
  const last = state.turns.at(-1);
  if (!last || (!ended && last.phase.name !== "running")) return state;
  return { ...state, turns: [...state.turns.slice(0, -1), change(last)] };
}

function newTurn(
  from: Pick<
    TurnView,
    "turnId" | "seq" | "question" | "model" | "versions" | "blocks" | "upTo" | "tail"
  >,
): TurnView {
  return { ...from, notices: [], cost: null, phase: { name: "running", stopping: false } };
}
