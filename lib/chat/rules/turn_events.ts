import type { ChatEvent, StartEvent } from "../../shared/chat_events.ts";

/** A reader's position in a conversation; any process can continue from it. */
export interface Cursor {
  conversation: string;
  /** Number of the turn, from 1; 0 before the first. */
  turn: number;
  /** UTF-16 units of the reply's text that were sent. */
  offset: number;
  blocks: number;
  notices: number;
  ended: boolean;
}

/** State of a turn: under way here or in another process, or over. */
export interface TurnState {
  readonly conversation: string;
  readonly turn: number;
  readonly start: StartEvent;
  readonly text: string;
  /** The last piece of the text and its start, if known: saves slicing the whole text. */
  readonly latest?: { readonly from: number; readonly text: string };
  /** Finished blocks of safe HTML. */
  readonly blocks: readonly string[];
  /** For each block, its end in the text. */
  readonly ends: readonly number[];
  readonly notices: readonly Extract<ChatEvent, { type: "notice" }>[];
  /** Why the text was taken back, of which none is left. */
  readonly withdrawn?: string | null;
  /** The turn's last events: its cost, and `done` or `error`. Empty while it runs. */
  readonly closing: readonly ChatEvent[];
}

export interface EmittedEvent {
  event: ChatEvent;
  /** The cursor after it, or null for an event that may be missed. */
  id: string | null;
}

export const START_CURSOR: Cursor = {
  conversation: "",
  turn: 0,
  offset: 0,
  blocks: 0,
  notices: 0,
  ended: true,
};

/** The cursor at the end of a turn's state. */
export function endCursor(state: TurnState): Cursor {
  return {
    conversation: state.conversation,
    turn: state.turn,
    offset: state.text.length,
    blocks: state.blocks.length,
    notices: state.notices.length,
    ended: state.closing.length > 0,
  };
}

/**
 * The events of a turn after `cursor`. Over any sequence of calls, the pieces make up the
 * whole exactly once.
 */
export function eventsSince(
  state: TurnState,
  cursor: Cursor,
): { events: EmittedEvent[]; cursor: Cursor } {
  const here = cursor.turn === state.turn && cursor.conversation === state.conversation
    ? { ...cursor }
    : {
      ...START_CURSOR,
      conversation: state.conversation,
      turn: state.turn,
      ended: false,
    };
  const events: EmittedEvent[] = [];
  const emit = (event: ChatEvent) => events.push({ event, id: formatCursor(here) });

  if (here.turn !== cursor.turn || here.conversation !== cursor.conversation) emit(state.start);
  for (; here.notices < state.notices.length;) {
    const notice = state.notices[here.notices++];
    if (notice) emit(notice);
  }
  if (state.withdrawn && (here.offset > 0 || here.blocks > 0)) {
    here.offset = here.blocks = 0;
    emit({ type: "withdrawn", code: state.withdrawn });
  }
  if (here.offset < state.text.length) {
    const { latest } = state;
    const text = latest?.from === here.offset ? latest.text : state.text.slice(here.offset);
    here.offset = state.text.length;
    emit({ type: "delta", text });
  }
  if (here.blocks < state.blocks.length) {
    const blocks = state.blocks.slice(here.blocks);
    here.blocks = state.blocks.length;
    emit({ type: "html", blocks, upTo: state.ends[here.blocks - 1] ?? 0 });
  }
  if (state.closing.length > 0 && !here.ended) {
    const last = state.closing.length - 1;
    state.closing.forEach((event, i) => {
      // Only the very last event's cursor says "ended", so that none before it is missed.
      if (i === last) here.ended = true;
      emit(event);
    });
  }
  return { events, cursor: here };
}

/** A cursor as the `id:` of a server-sent event. */
export function formatCursor(cursor: Cursor): string {
  const { conversation, turn, offset, blocks, notices, ended } = cursor;
  return `${conversation}.${turn}.${offset}.${blocks}.${notices}.${ended ? 1 : 0}`;
}

/** Parses {@link formatCursor}'s output; null for anything else. */
export function parseCursor(text: string): Cursor | null {
  const match = /^([\w-]{0,40})\.(\d{1,9})\.(\d{1,9})\.(\d{1,9})\.(\d{1,9})\.([01])$/.exec(text);
  if (!match) return null;
  const [, conversation = "", turn, offset, blocks, notices, ended] = match;
  return {
    conversation,
    turn: Number(turn),
    offset: Number(offset),
    blocks: Number(blocks),
    notices: Number(notices),
    ended: ended === "1",
  };
}
