/**
 * Unsent text for a tool, kept in localStorage until the server has accepted it.
 * A message being sent also keeps its request id: a retry after a reload begins no second turn.
 */
export interface Draft {
  requestId: string;
  text: string;
}

const key = (toolId: string) => `draft:${toolId}`;

export function loadDraft(toolId: string): Draft {
  const stored = attempt(() => localStorage.getItem(key(toolId))) ?? "";
  const end = stored.indexOf("\n");
  return { requestId: stored.slice(0, Math.max(0, end)), text: stored.slice(end + 1) };
}

export function saveDraft(toolId: string, text: string, requestId = ""): void {
  attempt(() => {
    if (text) localStorage.setItem(key(toolId), `${requestId}\n${text}`);
    else localStorage.removeItem(key(toolId));
  });
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
