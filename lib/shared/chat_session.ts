/**
 * The one conversation of a chat page in the browser, shared by its islands.
 * On the server these signals are never written: they would be everybody's.
 */
import { signal } from "@preact/signals";
import { follow, newRequestId, postStop, postTurn } from "./chat_client.ts";
import type { ChatEvent } from "./chat_events.ts";
import {
  type ChatState,
  isBusy,
  type LocalEvent,
  openChat,
  reduce,
  runningTurn,
  type TurnAction,
} from "./chat_state.ts";
import type { EditView, RefusalView, RunningView } from "./views/chat_view.ts";

/** Null until the page is alive: until then what the server rendered counts. */
export const chat = signal<ChatState | null>(null);
export const connected = signal(true);
/** Why the last message was not taken, until the next one; undefined: what the server rendered. */
export const refusal = signal<RefusalView | null | undefined>(undefined);
/** The sentence that says that the day is used up; undefined: what the server rendered. */
export const usedUp = signal<string | null | undefined>(undefined);
/** Whether the text in the field goes out as soon as the reply under way is over. */
export const queued = signal(false);
/** The question being written anew; undefined: what the server rendered. */
export const editing = signal<EditView | null | undefined>(undefined);
/** What the page's one live region says. */
export const announcement = signal("");

/** How long a message that the server took may go without its turn's start. */
const START_MS = 4_000;

let toolId = "";

/** Takes up the page's conversation. Returns how to let go of it. */
export function join(id: string, cursor: string, running: RunningView | null): () => void {
  toolId = id;
  chat.value = openChat(running);
  return follow(id, cursor, dispatch, (open) => connected.value = open);
}

/**
 * Sends a message, a regeneration or an edit; the reply comes by events.
 * Resolves to whether the server took it. Not taken, it stands in `refusal`.
 */
export async function send(
  action: TurnAction,
  message: string,
  seq: number | null = null,
  requestId = newRequestId(),
): Promise<boolean> {
  const state = chat.peek();
  if (!state || isBusy(state)) return false;
  refusal.value = null;
  queued.value = false;
  dispatch({ type: "sent", pending: { action, message, seq, turnId: null } });
  const outcome = await postTurn({
    toolId,
    requestId,
    action,
    ...(message ? { message } : {}),
    ...(seq === null ? {} : { seq }),
  }, begun);
  if (outcome.taken) {
    dispatch({ type: "taken", turnId: outcome.turnId });
    setTimeout(reloadIfMissed, START_MS, outcome.turnId);
    return true;
  }
  dispatch({ type: "refused" });
  refusal.value = { ...outcome, message };
  return false;
}

export async function stop(): Promise<void> {
  const state = chat.peek();
  if (!state || !runningTurn(state)) return;
  dispatch({ type: "stopping", on: true });
  if (!await postStop(toolId)) dispatch({ type: "stopping", on: false });
}

/** The turn that a message on its way began, once its start was told. */
function begun(): string | null {
  const state = chat.peek();
  return state?.pending ? null : state?.turns.at(-1)?.turnId ?? null;
}

/** A message sent before this page was loaded has started before its cursor: only a new page shows it. */
function reloadIfMissed(turnId: string): void {
  if (chat.peek()?.pending?.turnId !== turnId) return;
  if (connected.peek()) dispatch({ type: "reload" });
  else setTimeout(reloadIfMissed, START_MS, turnId);
}

function dispatch(event: ChatEvent | LocalEvent): void {
  const state = chat.peek();
  if (state) chat.value = reduce(state, event);
}
