import type { Signal } from "@preact/signals";
import { asMarkdown } from "./as_markdown.ts";

/** How long a copied message's button says so, in ms. */
const SHOWN_MS = 2000;

/** Text to copy: a code block, a question's source, or a reply as Markdown. */
export function copiedText(button: HTMLElement): string {
  const code = button.closest(".code")?.querySelector("pre");
  if (code) return code.textContent ?? "";
  const article = button.closest("article");
  const body = article?.querySelector(".prose");
  return article?.dataset.text ?? (body ? asMarkdown(body) : "");
}

/**
 * Copies a text unless that is under way, and says so on the button and once to screen readers.
 * @throws when the browser refuses
 */
export async function finishCopy(
  button: HTMLElement,
  text: Promise<string>,
  written: Promise<void> | undefined,
  copied: string,
  announcement: Signal<string>,
): Promise<true> {
  if (written) await written;
  else if (navigator.clipboard) await navigator.clipboard.writeText(await text);
  else copyByCommand(await text);
  announcement.value = copied;
  button.dataset.copied = copied;
  setTimeout(() => {
    delete button.dataset.copied;
    if (announcement.value === copied) announcement.value = "";
  }, SHOWN_MS);
  return true;
}

/**
 * Copies text with the deprecated `execCommand`: pages without https have no clipboard API.
 * @throws {Error} when the browser refuses.
 */
function copyByCommand(text: string): void {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "sr";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  if (!copied) throw new Error("The browser did not copy");
}
