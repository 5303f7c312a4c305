import { type DevicePicture, devicePictures, dropPicture } from "../outbox/device_pictures.ts";
import { waitingMessages } from "../outbox/waiting_messages.ts";

/** Tells later pages that a tool's message has pictures; see ui/page_actions.ts. */
const markOf = (toolId: string) => `pictures:${toolId}`;

/** Pictures of a tool's message that is still in its field. */
export async function draftPictures(toolId: string): Promise<DevicePicture[]> {
  const [pictures, messages] = await Promise.all([devicePictures(), waitingMessages()]);
  const sent = new Set(messages.flatMap(({ attachments }) => attachments));
  return pictures.filter((each) => each.toolId === toolId && !sent.has(each.id));
}

/** A picture has left the field: it is dropped, unless it waits with its message. */
export async function leaveDraft({ id, toolId }: DevicePicture): Promise<void> {
  try {
    if ((await draftPictures(toolId)).some((each) => each.id === id)) await dropPicture(id);
    if ((await draftPictures(toolId)).length === 0) localStorage.removeItem(markOf(toolId));
  } catch {
    // This browser keeps nothing.
  }
}

export function markDraft(toolId: string): void {
  try {
    localStorage.setItem(markOf(toolId), "1");
  } catch {
    // Without storage the pictures are this page's only.
  }
}

let taken: Promise<boolean> | null = null;

/**
 * Takes a tool's pictures for this page, so that no second one sends them too; false while another
 * page has them. A page that is closed leaves them.
 */
export function takeDraft(toolId: string): Promise<boolean> {
  return taken ??= new Promise((resolve) => {
    // Pages without https have no locks.
    if (!("locks" in navigator)) return resolve(true);
    navigator.locks.request(markOf(toolId), { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      if (lock === null) taken = null;
      return lock && new Promise<never>(() => {});
    }).catch(() => resolve(true));
  });
}
