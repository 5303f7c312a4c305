import type { RunningView } from "../../shared/views/chat_view.ts";
import type { TurnState } from "./turn_events.ts";

/** View of a reply under way. */
export function runningView(state: TurnState): RunningView {
  const upTo = state.ends.at(-1) ?? 0;
  return {
    turnId: state.start.turnId,
    seq: state.start.question.seq,
    blocks: [...state.blocks],
    upTo,
    tail: state.text.slice(upTo),
    ...(state.start.versions ? { versions: state.start.versions } : {}),
  };
}
