import { wasTaken } from "../composer/when_sent.ts";
import { isWaiting } from "../outbox/waiting_messages.ts";

/** A recording of this browser, kept until its text is sent or it is removed. */
export interface VoiceRecording {
  toolId: string;
  /** Names its upload, so that a repeated request begins no second one. */
  id: string;
  sound: Blob;
  seconds: number;
  /** The server's id and the text, once they are known. */
  mediaId: string | null;
  text: string | null;
  /** Whether the tool's model hears it; unknown to pages of earlier versions. */
  heard?: boolean;
  /** Request id of the message that it was last sent with; unknown to them as well. */
  requestId?: string;
}

const NAME = "recordings";
/** In place of the database, where a browser has or gives none. */
const memory = new Map<string, VoiceRecording>();

/** The recording for a tool, if there is one. */
export async function loadRecording(toolId: string): Promise<VoiceRecording | null> {
  const stored = await inStore<unknown>("readonly", (store) => store.get(toolId));
  return isRecording(stored) ? stored : memory.get(toolId) ?? null;
}

/** Keeps a recording beyond the page, and marks that there is one (see {@link isKept}). */
export async function keepRecording(recording: VoiceRecording): Promise<void> {
  memory.set(recording.toolId, recording);
  await inStore("readwrite", (store) => store.put(recording));
  attempt(() => localStorage.setItem(markOf(recording.toolId), "1"));
}

export async function dropRecording(toolId: string): Promise<void> {
  memory.delete(toolId);
  await inStore("readwrite", (store) => store.delete(toolId));
  attempt(() => localStorage.removeItem(markOf(toolId)));
}

/** Whether its message was taken, or waits on this device: then it is no longer needed. */
export async function wasSent({ requestId: id }: VoiceRecording): Promise<boolean> {
  return !!id && (wasTaken(id) || await isWaiting({ id }).catch(() => false));
}

/** As composer/draft.ts reads it. */
const markOf = (toolId: string) => `voice:${toolId}`;

/** Runs a request; undefined where there is no database. */
async function inStore<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  try {
    const database = await opened();
    try {
      return await resultOf(ask(database.transaction(NAME, mode).objectStore(NAME)));
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(NAME, { keyPath: "toolId" });
  return resultOf(opening);
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function isRecording(value: unknown): value is VoiceRecording {
  return value instanceof Object && "sound" in value && value.sound instanceof Blob;
}

function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}
