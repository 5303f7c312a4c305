import type { Memory, MemoryChoice, MemoryNote } from "../records.ts";

const DAY = 24 * 60 * 60_000;
/** Life of a note. */
export const NOTE_DAYS = 30;
/** Life of a deletion: as long as the conversation itself may live. */
const FORGOTTEN_DAYS = 90;
/** Most notes of one tool about one person: what one record of the store holds. */
export const MOST_NOTES = 30;
const MOST_FORGOTTEN = 60;

export const EMPTY_MEMORY: Memory = { notes: [], forgottenAt: 0, revision: 0 };

const isForgotten = ({ text }: MemoryNote) => text === "";
const endOf = (note: MemoryNote) =>
  note.at + (isForgotten(note) ? FORGOTTEN_DAYS : NOTE_DAYS) * DAY;

/** The notes that a person sees, and tools use. */
export function notesOf(memory: Memory | null, now: number): MemoryNote[] {
  return (memory?.notes ?? []).filter((note) => !isForgotten(note) && endOf(note) > now);
}

/** Whether there is a note of a conversation. */
export function hasNote(memory: Memory | null, conversation: string): boolean {
  return memory?.notes.some((note) => note.conversation === conversation && !isForgotten(note)) ??
    false;
}

/** Whether the program may write or replace the note of a conversation. */
export function mayBeNoted(memory: Memory | null, conversation: string): boolean {
  const known = memory?.notes.find((note) => note.conversation === conversation);
  return known === undefined || (known.by !== "person" && !isForgotten(known));
}

/** A memory with a note in place of the one of the same conversation. */
export function withNote(memory: Memory | null, note: MemoryNote): Memory {
  return changed(memory, (notes) => [note, ...notes.filter((each) => !isOf(each, note))]);
}

/** A memory with a note that its person deleted, whether it was written or is yet to be. */
export function withForgotten(memory: Memory | null, conversation: string, at: number): Memory {
  const note = { conversation, text: "", terms: [], language: null, at, by: "person" as const };
  return withNote(memory, note);
}

/** A memory of which its person deleted everything until a time. */
export function forgotten(memory: Memory | null, until: number): Memory {
  const gone = changed(memory, (notes) => notes.filter(isForgotten));
  return { ...gone, forgottenAt: Math.max(gone.forgottenAt, until) };
}

/** The notes of two memories of one person. */
export function united(kept: Memory | null, other: Memory): Memory {
  const both = changed(kept, (notes) => [
    ...notes,
    ...other.notes.filter((note) => !notes.some((each) => isOf(each, note))),
  ]);
  return { ...both, forgottenAt: Math.max(both.forgottenAt, other.forgottenAt) };
}

/** When the first part of a memory expires. */
export function firstEnd({ notes, forgottenAt }: Memory): number {
  return Math.min(
    ...notes.map(endOf),
    ...(forgottenAt > 0 || notes.length === 0 ? [forgottenAt + FORGOTTEN_DAYS * DAY] : []),
  );
}

/** A memory without what has expired; null when nothing is left. */
export function unexpired(memory: Memory, now: number): Memory | null {
  const { notes, forgottenAt, revision } = memory;
  const kept = notes.filter((note) => endOf(note) > now);
  const since = forgottenAt + FORGOTTEN_DAYS * DAY > now ? forgottenAt : 0;
  if (kept.length === 0 && since === 0) return null;
  return { notes: kept, forgottenAt: since, revision: revision + 1 };
}

/** Whether a person wants a tool to remember. */
export function wantsMemory(choice: MemoryChoice | null, tool: string): boolean {
  return choice === null || (!choice.off && !choice.tools.includes(tool));
}

/** A person's choice, changed for one tool or, with null, for all. */
export function chosen(
  choice: MemoryChoice | null,
  tool: string | null,
  off: boolean,
): MemoryChoice {
  const now = choice ?? { off: false, tools: [] };
  if (tool === null) return { ...now, off };
  const others = now.tools.filter((each) => each !== tool);
  return { ...now, tools: off ? [...others, tool] : others };
}

/** The choice of two visitors who are one person: a no of either counts. */
export function unitedChoice(a: MemoryChoice | null, b: MemoryChoice | null): MemoryChoice | null {
  if (a === null || b === null) return a ?? b;
  return { off: a.off || b.off, tools: [...new Set([...a.tools, ...b.tools])] };
}

function isOf(note: MemoryNote, { conversation }: Pick<MemoryNote, "conversation">): boolean {
  return note.conversation === conversation;
}

/** A changed memory, latest first, within its bounds. */
function changed(
  memory: Memory | null,
  change: (notes: readonly MemoryNote[]) => MemoryNote[],
): Memory {
  const { notes, forgottenAt, revision } = memory ?? EMPTY_MEMORY;
  const all = change(notes).sort((a, b) => b.at - a.at);
  const kept = [
    ...all.filter((note) => !isForgotten(note)).slice(0, MOST_NOTES),
    ...all.filter(isForgotten).slice(0, MOST_FORGOTTEN),
  ].sort((a, b) => b.at - a.at);
  return { notes: kept, forgottenAt, revision: revision + 1 };
}
