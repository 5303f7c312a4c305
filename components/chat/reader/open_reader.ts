import { h, render } from "preact";
import type { Signal } from "@preact/signals";
import type { TurnTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import { Reading } from "./reading.ts";
import { ReaderStrip } from "./ReaderStrip.tsx";

interface OpenReader {
  reading: Reading;
  /** The button that began it. */
  button: HTMLElement;
  close(): void;
}

let open: OpenReader | null = null;
let place: HTMLElement | null = null;
/** The strip's sheet is on its way: a second press in that time begins no second reading. */
let opening = false;

/**
 * Reads the message of a button aloud; a second press on the same button ends it.
 * @param announcement takes the text for the end
 */
export async function openReader(
  button: HTMLElement,
  { language, reader: texts }: TurnTexts,
  announcement: Signal<string>,
): Promise<boolean> {
  const again = open?.button === button;
  open?.close();
  if (again || opening) return true;
  const message = button.closest("article")?.querySelector(".prose");
  if (!message) return false;
  opening = true;
  const strip = place ??= await placeOnPage();
  opening = false;
  const listening = new AbortController();
  const reading = new Reading(texts, language, message, (told) => {
    announcement.value = told;
    close();
  });
  const close = () => {
    listening.abort();
    reading.stop();
    // The strip goes, and the focus with it.
    if (strip.contains(document.activeElement)) button.focus({ preventScroll: true });
    render(null, strip);
    open = null;
  };
  open = { reading, button, close };
  const { signal } = listening;
  addEventListener("pagehide", close, { signal });
  addEventListener("recording", close, { signal });
  // Before the page's own keys: Escape ends the sound first, not a reply under way.
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open], details.pop[open]")) return;
    event.stopImmediatePropagation();
    close();
  }, { capture: true, signal });
  render(h(ReaderStrip, { reading, texts, language, onStop: close }), strip);
  await reading.start();
  return true;
}

/** A place above the message field, or at the end of a page without one. */
async function placeOnPage(): Promise<HTMLElement> {
  await loadSheet();
  const strip = document.createElement("div");
  const dock = document.querySelector(".dock");
  if (dock) dock.prepend(strip);
  else document.querySelector(".chat")?.append(strip);
  return strip;
}

/** Resolves even when the sheet fails: the reader works without it. */
function loadSheet(): Promise<void> {
  const href = document.getElementById("main")?.dataset.reader;
  return new Promise((resolve) => {
    if (href === undefined) return resolve();
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}
