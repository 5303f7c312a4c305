import type { ChatEvent, StartEvent } from "../../shared/chat_events.ts";

/** How far somebody has followed a conversation: positions, so that any process can go on from it. */
export interface Cursor {
  conversation: string;
  /** Which turn of the conversation, from 1; 0 before the first. */
  turn: number;
  /** UTF-16 units of the reply's text that were seen. */
  offset: number;
  blocks: number;
  notices: number;
  ended: boolean;
}

/** A turn as it stands: under way here, under way in another process, or over. */
export interface TurnState {
  readonly conversation: string;
  readonly turn: number;
  readonly start: StartEvent;
  readonly text: string;
  /** The last piece of the text and where it begins, if it is at hand: to cut it off costs. */
  readonly latest?: { readonly from: number; readonly text: string };
  /** Finished blocks of safe HTML. */
  readonly blocks: readonly string[];
  /** For each block, how much of the text is covered up to its end. */
  readonly ends: readonly number[];
  readonly notices: readonly Extract<ChatEvent, { type: "notice" }>[];
  /** What ends the turn: its cost, and `done` or `error`. Empty while it runs. */
  readonly closing: readonly ChatEvent[];
}

export interface EmittedEvent {
  event: ChatEvent;
  /** The cursor after it, or null for what may be missed. */
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

/** The cursor of somebody who has seen all there is of a turn. */
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
 * What somebody at `cursor` has not seen of a turn. However often and wherever
 * it is asked, the pieces make up the whole exactly once.
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
      // Until the very last one the cursor says "not ended": nothing is missed in between.
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

/** Reads what {@link formatCursor} wrote; null for anything else. */
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
