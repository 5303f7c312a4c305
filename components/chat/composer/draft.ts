/**
 * Unsent text for a tool, kept in localStorage until the server has accepted it.
 * Unchanged it keeps its request id: a retry after a reload begins no second turn.
 */
export interface Draft {
  requestId: string;
  text: string;
}

/** Where a text stands: the next message, or what is being sent. */
export type DraftPlace = "draft" | "sending";

export function loadDraft(toolId: string, place: DraftPlace = "draft"): Draft {
  const stored = attempt(() => localStorage.getItem(`${place}:${toolId}`)) ?? "";
  const [requestId = "", ...lines] = stored.split("\n");
  return { requestId, text: lines.join("\n") };
}

export function saveDraft(
  toolId: string,
  text: string,
  requestId = "",
  place: DraftPlace = "draft",
): void {
  const key = `${place}:${toolId}`;
  attempt(() => {
    if (text) localStorage.setItem(key, `${requestId}\n${text}`);
    else localStorage.removeItem(key);
  });
}

/** Puts a message that was not taken before what has been written since. */
export function putBack(toolId: string, { requestId, text }: Draft): void {
  const next = loadDraft(toolId).text;
  saveDraft(toolId, "", "", "sending");
  saveDraft(toolId, next ? `${text}\n\n${next}` : text, next ? "" : requestId);
}

/** Removes a text that was taken, wherever it stands; another page may have offered it meanwhile. */
export function dropDraft(toolId: string, requestId: string | undefined): void {
  for (const place of ["draft", "sending"] as const) {
    if (loadDraft(toolId, place).requestId === requestId) saveDraft(toolId, "", "", place);
  }
}

/**
 * Whether an earlier page left something: a recording for a tool (see voice/recording_queue.ts), or
 * waiting messages (see outbox/waiting_messages.ts).
 */
export function isKept(mark: string): boolean {
  return attempt(() => localStorage.getItem(mark)) !== null;
}

/** Storage may be full or forbidden; the text is still in its field. */
function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}
