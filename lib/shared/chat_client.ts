import type { ChatEvent } from "./chat_events.ts";
import type { TurnAction } from "./chat_state.ts";
import type { RefusalView } from "./views/chat_view.ts";

/** A message to send. A repeated `requestId` is the same message. */
export interface OutgoingTurn {
  toolId: string;
  requestId: string;
  action: TurnAction;
  message?: string;
  /** Ids of staged pictures and of uploads. */
  attachments?: unknown[];
  seq?: number;
}

export type PostOutcome =
  | { taken: true; turnId: string }
  | { taken: false } & Omit<RefusalView, "message">;

/** 32 hex digits; unlike crypto.randomUUID it also works without HTTPS. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Delay in ms before retry `attempt` (from 0): doubles up to half a minute, half of it random. */
export function backoff(attempt: number, random = Math.random): number {
  const top = Math.min(30_000, 1_000 * 2 ** attempt);
  return top / 2 + random() * top / 2;
}

/**
 * Posts a message until the server answers. A lost connection is retried with the same requestId,
 * so nothing doubles; coming online retries at once. Null once `keeps` has taken it over.
 * @param begun the turn's id once its events show that it began: then a lost answer is not needed
 * @param waits whether the first attempt is `keeps`' too
 */
export async function postTurn(
  turn: OutgoingTurn,
  begun: () => string | null = () => null,
  keeps: () => Promise<boolean> = () => Promise.resolve(false),
  waits = false,
  tries = 8,
): Promise<PostOutcome | null> {
  for (let attempt = 0;; attempt++) {
    const turnId = begun();
    if (turnId !== null) return { taken: true, turnId };
    if ((waits || attempt > 0) && await keeps()) return null;
    const outcome = await postOnce(turn);
    if (outcome) return outcome;
    if (attempt + 1 >= tries) {
      return { taken: false, kind: "", detail: "", retryable: true, seconds: null };
    }
    if (attempt > 0) await pause(backoff(attempt));
  }
}

/** Posts a message; null without an answer of the server. */
export async function postOnce(turn: OutgoingTurn): Promise<PostOutcome | null> {
  const answer = await tryPost("/api/chat", turn);
  return answer && answer.status !== 502 && answer.status !== 504 ? await outcomeOf(answer) : null;
}

/** Asks the server to stop the running reply. False when the request failed. */
export async function postStop(toolId: string): Promise<boolean> {
  const answer = await tryPost(`/api/chat/${encodeURIComponent(toolId)}/stop`, {});
  return answer?.ok ?? false;
}

async function tryPost(url: string, body: unknown): Promise<Response | null> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    return null;
  }
}

async function outcomeOf(answer: Response): Promise<PostOutcome> {
  const body: unknown = await answer.json().catch(() => null);
  const turnId = field(body, "turnId");
  if (answer.ok && typeof turnId === "string") return { taken: true, turnId };
  const detail = field(body, "detail") ?? field(body, "title");
  const seconds = Number(answer.headers.get("retry-after") ?? NaN);
  const reference = answer.status >= 500 && field(body, "requestId");
  return {
    taken: false,
    // Of a proxy's answer its status.
    kind: String(field(body, "type") ?? answer.status).replace(/.*\//, ""),
    detail: typeof detail === "string" ? detail : "",
    retryable: field(body, "retryable") === true,
    seconds: seconds > 0 ? seconds : null,
    ...(reference ? { reference: String(reference) } : {}),
  };
}

/** Waits, or until the network is back. */
function pause(ms: number): Promise<unknown> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
    addEventListener("online", resolve, { once: true });
  });
}

const TYPES = "start delta html withdrawn cost notice done error reload".split(" ");

/** Parses an event; null for an unknown type. Fields are not checked: the server is trusted. */
export function parseEvent(type: string, data: string): ChatEvent | null {
  try {
    const fields: unknown = JSON.parse(data);
    if (!(fields instanceof Object)) return null;
    const event: unknown = type === "error"
      ? { ...fields, problem: field(fields, "type"), type }
      : { ...fields, type };
    return isChatEvent(event) ? event : null;
  } catch {
    return null;
  }
}

function isChatEvent(value: unknown): value is ChatEvent {
  return TYPES.includes(String(field(value, "type")));
}

function field(value: unknown, name: string): unknown {
  return value instanceof Object ? Reflect.get(value, name) : undefined;
}

/** State of an EventSource that has given up. */
const CLOSED = 2;
/** How long a hidden page keeps its connection, in ms. */
const HIDDEN_MS = 60_000;

/** A page's event stream. */
export interface EventFeed {
  pause(): void;
  /** Goes on after the last event, or from another cursor. */
  goOn(cursor?: string): void;
}

/**
 * Follows a conversation from `cursor` on, for the page's lifetime. The browser reconnects by
 * itself (Last-Event-ID), after the stream's `retry` when the server has too many; when it gives
 * up, this retries after the last event. A page hidden for a minute disconnects until it is shown.
 */
export function follow(
  toolId: string,
  cursor: string,
  onEvent: (event: ChatEvent) => void,
  onLink: (open: boolean) => void,
): EventFeed {
  let after = cursor;
  let attempt = 0;
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let hide: ReturnType<typeof setTimeout> | undefined;

  function open() {
    clearTimeout(retry);
    if (source && source.readyState !== CLOSED) return;
    const path = `/api/chat/${encodeURIComponent(toolId)}/events`;
    source = new EventSource(`${path}?after=${encodeURIComponent(after)}`);
    source.onopen = () => {
      attempt = 0;
      onLink(true);
    };
    for (const type of TYPES) source.addEventListener(type, receive);
  }

  function receive(message: Event) {
    // A lost connection is an "error" event as well, but without data.
    if (!(message instanceof MessageEvent)) return lost();
    if (message.lastEventId) after = message.lastEventId;
    const event = parseEvent(message.type, String(message.data));
    if (event) onEvent(event);
  }

  function lost() {
    onLink(false);
    if (source?.readyState !== CLOSED) return;
    clearTimeout(retry);
    retry = setTimeout(open, backoff(attempt++));
  }

  function close() {
    clearTimeout(retry);
    source?.close();
    source = null;
  }

  function seen() {
    clearTimeout(hide);
    if (document.hidden) hide = setTimeout(close, HIDDEN_MS);
    else {
      // Skips the wait for a retry: the page is visible now.
      if (!source?.readyState) close();
      open();
    }
  }

  document.addEventListener("visibilitychange", seen);
  addEventListener("online", open);
  // An open connection would keep the page out of the back/forward cache.
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
  return {
    pause: close,
    goOn(from = after) {
      after = from;
      open();
    },
  };
}
