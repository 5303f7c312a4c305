import type { TurnTexts } from "../../lib/locales/page/chat/chat_texts.ts";
import { isKept, loadDraft, saveDraft } from "../chat/composer/draft.ts";
import {
  announcement,
  chat,
  editing,
  keeper,
  PAGE,
  queued,
  send,
  stop,
} from "../../lib/shared/chat_session.ts";
import { backoff, postOnce } from "../../lib/shared/chat_client.ts";
import { timeFormat } from "../../lib/shared/formats.ts";
import { isBusy, openChat, runningTurn } from "../../lib/shared/chat_state.ts";

const PLAIN = "text/plain";
/** A static script: the home page loads it as well. */
const PALETTE = "/palette.js";

/**
 * Adds behaviour to the static messages, for the page's lifetime.
 * Listens on the document, so that messages need no hydration. The class `js` shows
 * script-only controls, `aloud` those of devices that can speak.
 */
export function activatePage(texts: TurnTexts): void {
  const { classList } = document.documentElement;
  classList.add("js", "speechSynthesis" in globalThis ? "aloud" : "js");
  showTimes(texts);
  document.addEventListener("submit", (event) => onSubmit(event, texts));
  document.addEventListener("click", (event) => onClick(event, texts));
  document.addEventListener("keydown", onKey);
  document.addEventListener("paste", openPictures);
  document.addEventListener("dragenter", openPictures);
  keeper.keep = (turn, seconds) =>
    openWaiting(texts).then((box) => box.keep(turn, seconds)).catch(() => false);
  if (isKept("outbox")) openWaiting(texts).then((box) => box.open());
  const { tool } = document.getElementById("messages")?.dataset ?? {};
  if (isKept(`pictures:${tool}`)) keeper.restoring.push(openPictures({ type: "restore" }));
}

/** Times in the device's zone; the server knows the organisation's only. */
function showTimes({ language }: TurnTexts): void {
  const format = timeFormat(language);
  for (const time of document.querySelectorAll<HTMLTimeElement>("#messages time")) {
    time.textContent = format.format(new Date(time.dateTime));
  }
}

/** Loads the code for messages that wait, once there are some. */
async function openWaiting(texts: TurnTexts) {
  const { openOutbox } = await import("../chat/outbox/open_outbox.ts");
  return openOutbox({
    ...PAGE,
    texts,
    isBusy,
    post: postOnce,
    backoff,
    loadDraft,
    saveDraft,
  });
}

/**
 * Loads the code for pictures on first use: for the button, for pasted files, for files that may be
 * dropped, and for those of an earlier page's message.
 */
function openPictures(event: Pick<Event, "type">): Promise<void> {
  const files = event instanceof ClipboardEvent ? [...event.clipboardData?.files ?? []] : [];
  return import("../chat/pictures/open_pictures.ts").then(({ onPictures }) =>
    onPictures(event.type, files, PAGE)
  );
}

/** Sends forms with `data-turn` (starters, Regenerate, Continue, Try again) by script. */
function onSubmit(event: SubmitEvent, texts: TurnTexts): void {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
  const button = event.submitter;
  const to = form.action;
  const isRating = form.id === "rate";
  if ((isRating || form.id === "versions") && button instanceof HTMLButtonElement) {
    event.preventDefault();
    const done = isRating
      ? import("../chat/turn/rating.ts").then(({ rate }) => rate(to, button))
      : import("../chat/turn/show_version.ts").then(({ showVersion }) =>
        showVersion(to, button, { ...PAGE, openChat, shown: () => showTimes(texts) })
      );
    later(done, isRating ? texts.notRated : texts.notShown);
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
  const pressed = (name: string) => target.closest<HTMLElement>(`[data-${name}]`);
  const copied = pressed("copy");
  if (copied) copy(copied, texts);
  const edited = pressed("edit");
  const field = document.querySelector<HTMLTextAreaElement>("#message");
  if (edited && field) {
    event.preventDefault();
    const text = pressed("text")?.dataset.text ?? "";
    // What waits for the reply's end is no longer in the field.
    queued.value = false;
    editing.value = { seq: Number(edited.dataset.edit), text };
  }
  const starter = pressed("fill")?.dataset.fill;
  if (starter && field) {
    event.preventDefault();
    field.value = starter;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
  const aloud = pressed("aloud");
  if (aloud) {
    const reader = import("../chat/reader/open_reader.ts").then(({ openReader }) =>
      openReader(aloud, texts, announcement)
    );
    later(reader, texts.reader.unable);
  }
  if (pressed("open")) openShortcuts();
  if (pressed("palette")) openPalette(event);
  if (pressed("pictures")) openPictures(event);
}

/** Loads code on its first use, to keep the page's script small; announces a failure. */
async function later(done: Promise<boolean>, failed: string): Promise<void> {
  if (!await done.catch(() => false)) announcement.value = failed;
}

function onKey(event: KeyboardEvent): void {
  const control = event.ctrlKey || event.metaKey;
  if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  if (control && event.key === "k") openPalette(event);
  if (control) return;
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
  else editing.value = null;
}

/** Opens the list of tools and conversations, whose code is loaded with its first use. */
function openPalette(event: Event): void {
  event.preventDefault();
  import(PALETTE).then(() => dispatchEvent(new Event("palette")));
}

function openShortcuts(): void {
  document.querySelector<HTMLDialogElement>("#shortcuts")?.showModal();
}

/**
 * Copies the text that belongs to a button. Safari takes a text that comes later only as a
 * ClipboardItem, and only at once; other browsers wait for the rest of the code.
 */
function copy(button: HTMLElement, { copied, notCopied }: TurnTexts): void {
  const copying = import("../chat/turn/copying.ts");
  const text = copying.then(({ copiedText }) => copiedText(button));
  const { clipboard } = navigator;
  const written = clipboard && globalThis.ClipboardItem && clipboard.write([
    new ClipboardItem({ [PLAIN]: text.then((value) => new Blob([value], { type: PLAIN })) }),
  ]);
  const done = copying.then(({ finishCopy }) =>
    finishCopy(button, text, written, copied, announcement)
  );
  later(done, notCopied);
}
