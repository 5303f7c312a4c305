import { DeviceStore } from "./device_store.ts";

/** A picture on this device, shrunk: of the message in a field, or of one that waits. */
export interface DevicePicture {
  /** {@link LOCAL} and 32 hex digits; no id of the server's begins so. */
  id: string;
  toolId: string;
  blob: Blob;
  /** When it was added, or last sent to the server. */
  at: number;
  /** The server's id of it, once it has it; it keeps a picture that is not sent for a day. */
  mediaId: string | null;
  /** Request id of the message that it was last sent with; unknown to pages of earlier versions. */
  requestId?: string;
}

/** What an upload comes to: the server's id, or why it has none. */
export type UploadOutcome =
  | { id: string; bytes: number }
  | { refused: string; kind: string; retryable: boolean; seconds: number | null };

export const DEVICE = new DeviceStore("outbox", ["messages", "files"]);

/** Begins the ids of pictures that wait here, as lib/shared/chat_session.ts knows. */
const LOCAL = "~";
/** All pictures of this device; some 60 of a phone's. */
const MOST_BYTES = 30_000_000;
/** The server keeps a file that is not sent for a day. */
export const AT_SERVER_MS = 23 * 60 * 60_000;

/** Whether an id is of a picture that this device has, or had. */
export const isLocal = (id: string) => id.startsWith(LOCAL);

/** All pictures of this device, oldest first. */
export async function devicePictures(): Promise<DevicePicture[]> {
  const all: unknown[] = await DEVICE.run("files", "readonly", (rows) => rows.getAll());
  return all.filter(isPicture).sort((a, b) => a.at - b.at);
}

/** Keeps a new picture on this device; null where it has no room for it. */
export async function addPicture(toolId: string, blob: Blob): Promise<DevicePicture | null> {
  const id = LOCAL + [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const picture = { id, toolId, blob, at: Date.now(), mediaId: null };
  try {
    const kept = await devicePictures();
    const bytes = kept.reduce((sum, { blob }) => sum + blob.size, blob.size);
    if (bytes > MOST_BYTES) return null;
    await DEVICE.run("files", "readwrite", (rows) => rows.put(picture));
    return picture;
  } catch {
    return null;
  }
}

/** Changes a picture that nobody dropped meanwhile. */
export async function updatePicture(id: string, changes: Partial<DevicePicture>): Promise<void> {
  await DEVICE.run("files", "readwrite", (rows) => {
    const found: IDBRequest<unknown> = rows.get(id);
    found.addEventListener("success", () => {
      if (isPicture(found.result)) rows.put({ ...found.result, ...changes });
    });
    return found;
  });
}

export async function dropPicture(id: string): Promise<void> {
  if (isLocal(id)) await DEVICE.run("files", "readwrite", (rows) => rows.delete(id));
}

/** Sends these pictures anew next time: the server may have lost them. */
export async function forgetUploads(ids: readonly string[]): Promise<void> {
  for (const picture of await devicePictures()) {
    if (ids.includes(picture.id)) await updatePicture(picture.id, { mediaId: null });
  }
}

/** Sends a picture to the server, unless it has it; null without an answer of the server. */
export async function uploadPicture(picture: DevicePicture): Promise<UploadOutcome | null> {
  const { mediaId, at, blob } = picture;
  if (mediaId !== null && Date.now() - at < AT_SERVER_MS) return { id: mediaId, bytes: blob.size };
  const outcome = await postPicture(blob);
  if (outcome && "id" in outcome) {
    await updatePicture(picture.id, { mediaId: outcome.id, at: Date.now() }).catch(() => {});
  }
  return outcome;
}

/** Sends a picture to the server once. */
export async function postPicture(blob: Blob): Promise<UploadOutcome | null> {
  const body = new FormData();
  body.set("file", blob, "picture");
  const answer = await fetch("/api/media", { method: "POST", body }).catch(() => null);
  const told: unknown = await answer?.json().catch(() => null);
  if (!answer || !(told instanceof Object)) return null;
  const id: unknown = Reflect.get(told, "id"), bytes: unknown = Reflect.get(told, "bytes");
  if (answer.ok && typeof id === "string") return { id, bytes: Number(bytes) };
  const refused: unknown = Reflect.get(told, "detail");
  if (typeof refused !== "string") return null;
  const seconds = Number(answer.headers.get("retry-after") ?? NaN);
  return {
    refused,
    kind: String(Reflect.get(told, "type")).replace(/.*\//, ""),
    retryable: Reflect.get(told, "retryable") === true,
    seconds: seconds > 0 ? seconds : null,
  };
}

/** Pages of earlier versions kept none. */
function isPicture(value: unknown): value is DevicePicture {
  return value instanceof Object && "blob" in value && value.blob instanceof Blob &&
    "mediaId" in value;
}
