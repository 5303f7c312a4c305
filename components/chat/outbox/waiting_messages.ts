import { DEVICE, dropPicture } from "./device_pictures.ts";

/** A message of this browser that waits to be sent. */
export interface WaitingMessage {
  /** Its request id: sent twice, it is still one message. */
  id: string;
  toolId: string;
  text: string;
  /** Ids of files at the server, or of pictures of this device. */
  attachments: string[];
  /** When it was written. */
  at: number;
  /** When it may be sent, in ms since 1970: told by the server, or 0. */
  due: number;
  /** Why the server refused it for good; empty while it waits. */
  refused: string;
  /** Why the server did not take it yet; unknown to pages of earlier versions. */
  told?: string;
}

/** Tells pages that messages wait; see ui/page_actions.ts. */
const MARK = "outbox";

/** All waiting messages, oldest first. */
export async function waitingMessages(): Promise<WaitingMessage[]> {
  const all: unknown[] = await DEVICE.run("messages", "readonly", (rows) => rows.getAll());
  return all.filter(isMessage).sort((a, b) => a.at - b.at);
}

/** Whether a message was neither sent nor discarded, by any page. */
export async function isWaiting({ id }: Pick<WaitingMessage, "id">): Promise<boolean> {
  return await DEVICE.run("messages", "readonly", (rows) => rows.count(id)) > 0;
}

/** Removes a message whose pictures stay on this device. */
export async function takeMessage({ id }: WaitingMessage): Promise<void> {
  await DEVICE.run("messages", "readwrite", (rows) => rows.delete(id));
  await unmark();
}

/** @throws where the browser has no room */
export async function putMessage(message: WaitingMessage): Promise<void> {
  await DEVICE.run("messages", "readwrite", (rows) => rows.put(message));
  localStorage.setItem(MARK, "1");
}

/** Removes a message with its pictures. */
export async function dropMessage(message: WaitingMessage): Promise<void> {
  await takeMessage(message);
  for (const picture of message.attachments) await dropPicture(picture);
}

async function unmark(): Promise<void> {
  if ((await waitingMessages()).length === 0) localStorage.removeItem(MARK);
}

function isMessage(value: unknown): value is WaitingMessage {
  return value instanceof Object && "toolId" in value && "attachments" in value &&
    Array.isArray(value.attachments);
}
