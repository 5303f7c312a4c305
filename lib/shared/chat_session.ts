/**
 * The chat page's conversation in the browser, shared by its islands. Never written on the server,
 * where all requests share these signals.
 */
import { signal } from "@preact/signals";
import {
  type EventFeed,
  follow,
  newRequestId,
  type OutgoingTurn,
  postStop,
  postTurn,
} from "./chat_client.ts";
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

/** null until the page is hydrated: the server's markup applies until then. */
export const chat = signal<ChatState | null>(null);
export const connected = signal(true);
/** Why the last message was refused, until the next one; undefined: as rendered by the server. */
export const refusal = signal<RefusalView | null | undefined>(undefined);
/** The sentence that the day's budget is used up; undefined: as rendered by the server. */
export const usedUp = signal<string | null | undefined>(undefined);
/** Whether the text in the field is sent as soon as the running reply ends. */
export const queued = signal(false);
/** The question being edited; undefined: as rendered by the server. */
export const editing = signal<EditView | null | undefined>(undefined);
/** Text of the page's one live region. */
export const announcement = signal("");

/** Characters in the field. */
export const typed = signal(0);

/**
 * Ids of the pictures and the recording that go with the next message; `~` begins those of pictures
 * that only this device has.
 */
export const attached: string[] = [];

/** How many things are under way that would be lost if the page was loaded anew. */
export const held = signal(0);

/** Keeps a message on this device, to be sent later or after `seconds`; set by the page. */
export const keeper: {
  keep(turn: OutgoingTurn, seconds: number | null): Promise<boolean>;
  /** Whether others wait already, so that the next one has to follow them. */
  first: boolean;
  /** Ends once this page has what an earlier one left for the next message. */
  restoring: Promise<unknown>[];
} = { keep: () => Promise.resolve(false), first: false, restoring: [] };

/** How long a turn's start may take after its message was accepted, in ms. */
const START_MS = 4_000;

/** The conversation's events; null on a page of older messages. */
export const live: { feed: EventFeed | null } = { feed: null };

/** The page's parts for code that is loaded later: an import of them would tear their bundle apart. */
export const PAGE = { chat, refusal, announcement, attached, held, editing, keeper, live };

let toolId = "";

/** Joins the page's conversation, for the page's lifetime. */
export function join(id: string, cursor: string, running: RunningView | null): void {
  toolId = id;
  chat.value = openChat(running);
  live.feed = follow(id, cursor, dispatch, (open) => connected.value = open);
}

/**
 * Sends a message, a regeneration or an edit; the reply comes by events. Resolves to whether the
 * server or the outbox accepted it; if not, `refusal` is set.
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
  dispatch({ type: "sent", pending: { action, message, seq, requestId, turnId: null } });
  const turn = {
    toolId,
    requestId,
    action,
    attachments: [...attached],
    message: message || undefined,
    seq: seq ?? undefined,
  };
  const keep = async (seconds: number | null = null) =>
    action === "send" && await keeper.keep(turn, seconds);
  const waits = keeper.first || attached.some((id) => id[0] === "~");
  const outcome = await postTurn(turn, begun, keep, waits);
  if (outcome?.taken) {
    dispatch({ type: "taken", turnId: outcome.turnId });
    setTimeout(reloadIfMissed, START_MS, outcome.turnId);
    return true;
  }
  const kept = !outcome || outcome.kind === "limited" && await keep(outcome.seconds);
  dispatch({ type: "refused" });
  if (kept) return true;
  refusal.value = { ...outcome, message };
  return false;
}

export async function stop(): Promise<void> {
  const state = chat.peek();
  if (!state || !runningTurn(state)) return;
  dispatch({ type: "stopping", on: true });
  if (!await postStop(toolId)) dispatch({ type: "stopping", on: false });
}

/** The turn of the pending message, once its start event came. */
function begun(): string | null {
  const state = chat.peek();
  return state?.pending ? null : state?.turns.at(-1)?.turnId ?? null;
}

/** A message sent before this page was loaded started before its cursor: only a reload shows it. */
function reloadIfMissed(turnId: string): void {
  if (chat.peek()?.pending?.turnId !== turnId) return;
  if (connected.peek()) dispatch({ type: "reload" });
  else setTimeout(reloadIfMissed, START_MS, turnId);
}

function dispatch(event: ChatEvent | LocalEvent): void {
  const state = chat.peek();
  if (state) chat.value = reduce(state, event);
}
