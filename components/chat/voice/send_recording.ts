import type { VoiceRecording } from "./recording_queue.ts";

/** Bytes of a piece: at first, and at least where connections break or are slow. */
const PIECE = 32_000;
const LEAST_PIECE = 4_000;
const PIECE_MS = 60_000;
const TRANSCRIPT_MS = 100_000;
const LONGEST_PAUSE = 30_000;
/** Attempts to have a recording written down, and to begin its upload anew. */
const TRIES = 3;

/** How the sending goes on. */
export interface Sending {
  /** Fraction that has arrived, and whether a connection is missing. */
  progress(sent: number, waiting: boolean): void;
  /** The upload's id. */
  begun(mediaId: string): void;
  /** All of it has arrived. */
  arrived(): void;
  /** Stops it. */
  signal: AbortSignal;
}

export type SendingOutcome =
  /** `heard`: whether the tool's model takes the recording itself. */
  | { text: string; seconds: number; heard: boolean }
  /** `again`: whether another try may help; else the recording is of no use. */
  | { refused: string; again: boolean };

/**
 * Sends a recording in pieces, and asks for its text. Lost connections are waited for, and the
 * server tells where to go on, so nothing doubles.
 */
export async function sendRecording(
  recording: VoiceRecording,
  sending: Sending,
): Promise<SendingOutcome> {
  for (let tries = 0;; tries++) {
    const begun = await begin(recording, sending);
    if ("refused" in begun) return begun;
    sending.begun(begun.id);
    const sent = await sendPieces(recording.sound, begun, sending);
    if (sent === null) {
      sending.arrived();
      const heard = await transcript(recording.toolId, begun.id, sending);
      if (heard !== null) return heard;
    } else if (sent !== "gone") return sent;
    // The server has forgotten it: once more from the start.
    if (tries >= TRIES) return { refused: "", again: true };
  }
}

interface Begun {
  id: string;
  offset: number;
}

async function begin(
  { id, sound }: VoiceRecording,
  sending: Sending,
): Promise<Begun | { refused: string; again: boolean }> {
  const answer = await untilAnswered(sending, 0, () => ({
    path: "",
    method: "POST",
    headers: { "upload-length": String(sound.size), "idempotency-key": id },
    timeout: PIECE_MS,
  }));
  const body = await bodyOf(answer);
  const mediaId = fieldOf(body, "id");
  if (!answer.ok || typeof mediaId !== "string") return refusedBy(answer, body);
  return { id: mediaId, offset: offsetOf(answer) ?? 0 };
}

/** Null once all have arrived; "gone" when the server has no such upload any longer. */
async function sendPieces(
  sound: Blob,
  { id, offset: from }: Begun,
  sending: Sending,
): Promise<null | "gone" | { refused: string; again: boolean }> {
  let offset = from, size = PIECE;
  while (offset < sound.size) {
    const sent = offset / sound.size;
    sending.progress(sent, false);
    const answer = await untilAnswered(sending, sent, (failures) => {
      if (failures > 0) size = Math.max(LEAST_PIECE, size / 2);
      return {
        path: `/${id}`,
        method: "PATCH",
        headers: {
          "upload-offset": String(offset),
          "content-type": "application/offset+octet-stream",
        },
        body: sound.slice(offset, offset + size),
        timeout: PIECE_MS,
      };
    });
    const told = offsetOf(answer);
    if (answer.ok) size = Math.min(PIECE, size * 2);
    if ((answer.ok || answer.status === 409) && told !== null) offset = told;
    else if (answer.status === 404) return "gone";
    else return refusedBy(answer, await bodyOf(answer));
  }
  sending.progress(1, false);
  return null;
}

/** The text; null when the server has no such upload any longer. */
async function transcript(
  toolId: string,
  id: string,
  sending: Sending,
): Promise<SendingOutcome | null> {
  for (let tries = 1;; tries++) {
    const answer = await untilAnswered(sending, 1, () => ({
      path: `/${id}/transcript`,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ toolId }),
      timeout: TRANSCRIPT_MS,
    }));
    const body = await bodyOf(answer);
    const text = fieldOf(body, "text");
    if (answer.ok && typeof text === "string") {
      const seconds = Number(fieldOf(body, "seconds")) || 0;
      return { text, seconds, heard: fieldOf(body, "heard") === true };
    }
    if (answer.status === 404 && fieldOf(body, "code") === "upload.gone") return null;
    const underWay = fieldOf(body, "code") === "voice.under_way";
    if (!underWay && (answer.status !== 502 || tries >= TRIES)) return refusedBy(answer, body);
    if (underWay) tries--;
    await pause(1000 * Number(answer.headers.get("retry-after") ?? 2), sending.signal);
  }
}

interface Ask extends RequestInit {
  path: string;
  timeout: number;
}

/** Repeats a request until the server itself answers; the network being back repeats it at once. */
async function untilAnswered(
  { progress, signal }: Sending,
  sent: number,
  make: (failures: number) => Ask,
): Promise<Response> {
  for (let failures = 0;; failures++) {
    signal.throwIfAborted();
    const { path, timeout, ...init } = make(failures);
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    const answer = await fetch(`/api/media${path}`, { ...init, signal: limited }).catch(() => null);
    if (answer && !await isTemporary(answer)) return answer;
    signal.throwIfAborted();
    progress(sent, true);
    const longest = Math.min(LONGEST_PAUSE, 1_000 * 2 ** failures);
    await pause(longest * (1 + failures % 2) / 2, signal);
  }
}

/** A gateway's or an overloaded server's answer, or that of one that restarts. */
async function isTemporary(answer: Response): Promise<boolean> {
  if (![408, 502, 503, 504].includes(answer.status)) return false;
  const code = String(fieldOf(await bodyOf(answer.clone()), "code"));
  return !code.startsWith("voice.");
}

/** Waits, or until the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
    signal.addEventListener("abort", done, { once: true });
  });
}

function refusedBy(answer: Response, body: unknown) {
  const detail = fieldOf(body, "detail");
  // A file that is no recording, or too long, stays so.
  const again = answer.status !== 413 && answer.status !== 415;
  return { refused: typeof detail === "string" ? detail : "", again };
}

function offsetOf({ headers }: Response): number | null {
  const offset = headers.get("upload-offset");
  return offset === null ? null : Number(offset);
}

async function bodyOf(answer: Response): Promise<unknown> {
  return await answer.json().catch(() => null);
}

function fieldOf(body: unknown, name: string): unknown {
  return body instanceof Object ? Reflect.get(body, name) : undefined;
}

/** Removes an upload, with its transcript; best effort, for it ends after a day anyway. */
export function removeUpload(mediaId: string): void {
  fetch(`/api/media/${mediaId}`, { method: "DELETE", keepalive: true }).catch(() => {});
}

/** Whether the server has an upload no longer; false while that is unknown. */
export async function isUploadGone(mediaId: string): Promise<boolean> {
  const answer = await fetch(`/api/media/${mediaId}`, { method: "HEAD" }).catch(() => null);
  return answer?.status === 404;
}
