import type { TurnTexts } from "../../lib/locales/page/chat_texts.ts";
import { announcement, chat, editing, send, stop } from "../../lib/shared/chat_session.ts";
import { runningTurn } from "../../lib/shared/chat_state.ts";

/**
 * Adds behaviour to the static messages. Returns the disposer.
 * Listens on the document, so that messages need no hydration. The class `js` shows
 * script-only controls.
 */
export function activatePage(texts: TurnTexts): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  document.documentElement.classList.add("js");
  document.addEventListener("submit", (event) => onSubmit(event, texts), { signal });
  document.addEventListener("click", (event) => onClick(event, texts), { signal });
  document.addEventListener("keydown", onKey, { signal });
  return () => listening.abort();
}

/** Sends forms with `data-turn` (starters, Regenerate, Continue, Try again) by script. */
function onSubmit(event: SubmitEvent, texts: TurnTexts): void {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
  const button = event.submitter;
  if (form.id === "rate" && button instanceof HTMLButtonElement) {
    event.preventDefault();
    sendRating(form.action, button, texts);
  }
  const action = form.dataset.turn;
  if (action !== "send" && action !== "regenerate" && action !== "continue") return;
  event.preventDefault();
  send(action, button instanceof HTMLButtonElement ? button.value : "");
  // The pressed button is removed with its message.
  document.getElementById("message")?.focus({ preventScroll: true });
}

function onClick(event: MouseEvent, texts: TurnTexts): void {
  const target = event.target;
  if (!(target instanceof Element)) return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.pop[open]")) {
    if (!menu.contains(target) || target.closest("a, button")) menu.open = false;
  }
  const copied = target.closest<HTMLElement>("[data-copy]");
  if (copied) copy(copied, texts);
  const edited = target.closest<HTMLElement>("[data-edit]");
  if (edited && document.getElementById("message")) {
    event.preventDefault();
    const text = edited.closest<HTMLElement>("[data-text]")?.dataset.text ?? "";
    editing.value = { seq: Number(edited.dataset.edit), text };
  }
  if (target.closest("[data-open]")) openShortcuts();
}

/** Loads the rating code on first use, to keep the page's script small. */
async function sendRating(
  to: string,
  button: HTMLButtonElement,
  { notRated }: TurnTexts,
): Promise<void> {
  const taken = await import("../chat/turn/rating.ts").then(({ rate }) => rate(to, button)).catch(
    () => false,
  );
  if (!taken) announcement.value = notRated;
}

function onKey(event: KeyboardEvent): void {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return onEscape();
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (typing) return;
  if (event.key === "?") openShortcuts();
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("message")?.focus();
  }
}

function onEscape(): void {
  const state = chat.peek();
  const menu = document.querySelector<HTMLDetailsElement>("details.pop[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  } else if (state && runningTurn(state)) stop();
  else if (editing.peek()) editing.value = null;
}

function openShortcuts(): void {
  const dialog = document.getElementById("shortcuts");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
}

async function copy(button: HTMLElement, { copied, notCopied }: TurnTexts): Promise<void> {
  try {
    await toClipboard(textFor(button));
    announcement.value = copied;
    button.dataset.copied = copied;
    setTimeout(() => {
      delete button.dataset.copied;
      announcement.value = "";
    }, 2000);
  } catch {
    announcement.value = notCopied;
  }
}

/** Text to copy: a code block, a question's source, or a reply as Markdown. */
async function textFor(button: HTMLElement): Promise<string> {
  const code = button.closest(".code")?.querySelector("pre");
  if (code) return code.textContent ?? "";
  const article = button.closest("article");
  const body = article?.querySelector<HTMLElement>(".prose");
  if (article?.dataset.text !== undefined || !body) return article?.dataset.text ?? "";
  try {
    const { asMarkdown } = await import("../chat/turn/as_markdown.ts");
    return asMarkdown(body);
  } catch {
    return body.innerText;
  }
}

/** Safari accepts asynchronous text only as a ClipboardItem, which older browsers lack. */
async function toClipboard(text: Promise<string>): Promise<void> {
  const { clipboard } = navigator;
  // Pages without https have no `navigator.clipboard`.
  if (!clipboard) {
    return (await import("../chat/turn/copy_by_command.ts")).copyByCommand(await text);
  }
  if (typeof ClipboardItem === "undefined") return clipboard.writeText(await text);
  const type = "text/plain";
  const blob = text.then((value) => new Blob([value], { type }));
  return clipboard.write([new ClipboardItem({ [type]: blob })]);
}
