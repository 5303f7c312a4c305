import type { PicturePage } from "../pictures/picture_panel.ts";

/** Adds a text to the message field, as if it were typed. */
export function writeMessage(text: string): void {
  const field = fieldOfPage();
  if (field === null) return;
  field.value = field.value.trim() === "" ? text : `${field.value}\n${text}`;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * Sends the field's text, with the pictures that an earlier page left; false while that is not
 * possible, as during an answer.
 */
export async function submitMessage(page: PicturePage): Promise<boolean> {
  // Where its code cannot be loaded, the pictures wait for the next message.
  await import("../pictures/open_pictures.ts")
    .then(({ restorePictures }) => restorePictures(page)).catch(() => {});
  // The form is told of the text first.
  await nextFrame();
  const button = fieldOfPage()?.form?.querySelector<HTMLButtonElement>(".send[value=send]");
  if (!button || button.ariaDisabled === "true") return false;
  button.form?.requestSubmit(button);
  return true;
}

/** Moves the focus to the field once it is shown. */
export async function focusMessage(): Promise<void> {
  await nextFrame();
  fieldOfPage()?.focus();
}

function fieldOfPage(): HTMLTextAreaElement | null {
  const field = document.getElementById("message");
  return field instanceof HTMLTextAreaElement ? field : null;
}

/** Also where the page is hidden and nothing is drawn. */
function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
