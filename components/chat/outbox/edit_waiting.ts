import type { Signal } from "@preact/signals";
import type { ChatState } from "../../../lib/shared/chat_state.ts";
import type { PicturePage } from "../pictures/picture_panel.ts";
import { whenSent } from "../composer/when_sent.ts";
import { isLocal } from "./device_pictures.ts";
import type { WaitingMessage } from "./waiting_messages.ts";

/** The page's parts that the editing of a waiting message uses. */
export interface EditPage extends PicturePage {
  toolId: string;
  chat: Signal<ChatState | null>;
  /** The question that is being edited, if any. */
  editing: Signal<unknown>;
  loadDraft(toolId: string): { text: string };
  saveDraft(toolId: string, text: string, requestId?: string): void;
}

/**
 * Puts a message that left the list back into the field, before what is there. Unchanged it keeps
 * its request id: had an earlier attempt reached the server, it is still one message.
 */
export async function editWaiting(message: WaitingMessage, page: EditPage): Promise<void> {
  const { toolId, editing } = page;
  const field = document.querySelector<HTMLTextAreaElement>("#message");
  if (!field) return;
  const there = editing.peek() ? page.loadDraft(toolId).text : field.value;
  const isAlone = there.trim() === "";
  const text = isAlone ? message.text : `${message.text}\n\n${there}`;
  page.saveDraft(toolId, text, isAlone ? message.id : "");
  if (editing.peek()) editing.value = null;
  else {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.focus();
  if (message.attachments.length === 0) return;
  attach(message.attachments.filter((id) => !isLocal(id)), page);
  const { onPictures } = await import("../pictures/open_pictures.ts");
  onPictures("restore", [], page);
}

/** Files that only the server has go with the next message. */
function attach(ids: readonly string[], page: EditPage): void {
  const { attached } = page;
  attached.push(...ids);
  const end = whenSent(page, (taken) => {
    if (!taken) return;
    attached.splice(0, attached.length, ...attached.filter((id) => !ids.includes(id)));
    end();
  });
}
