import type { Signal } from "@preact/signals";
import type { EventFeed } from "../../../lib/shared/chat_client.ts";
import type { ChatState } from "../../../lib/shared/chat_state.ts";
import type { EditView, EstimateView } from "../../../lib/shared/views/chat_view.ts";

/** How long the version's place stays in the live region, in ms. */
const SAID_MS = 5_000;

/** Parts of the page's script, so that this module is loaded alone. */
interface PageParts {
  chat: Signal<ChatState | null>;
  editing: Signal<EditView | null | undefined>;
  announcement: Signal<string>;
  live: { feed: EventFeed | null };
  openChat(running: null): ChatState;
  /** Called with the new messages in the page. */
  shown(): void;
}

/**
 * Shows another version of a message, with all that follows it. The messages come from a new page;
 * the field, the scripts and the pressed button's place stay. Returns false when that failed.
 */
export async function showVersion(
  to: string,
  button: HTMLButtonElement,
  parts: PageParts,
): Promise<boolean> {
  const { name, value } = button;
  // The server tells its other pages to reload.
  parts.live.feed?.pause();
  const answer = await fetch(to, { method: "POST", body: new URLSearchParams([[name, value]]) })
    .catch(() => null);
  if (!answer?.ok) {
    parts.live.feed?.goOn();
    return false;
  }
  const page = await pageNow().catch(() => null);
  if (page === null || !await swap(page, button, parts)) {
    history.replaceState(null, "", `#m${parseInt(value)}`);
    const { chat } = parts;
    if (chat.peek()) chat.value = { ...chat.peek() ?? parts.openChat(null), stale: true };
    else location.reload();
  }
  return true;
}

/** This page as the server renders it now; null while a reply is being written. */
async function pageNow(): Promise<Document | null> {
  const answer = await fetch(location.href);
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("meta[http-equiv=refresh]") ? null : page;
}

/** Takes over the messages of `page`; false where it lacks the message of the pressed button. */
async function swap(page: Document, button: HTMLButtonElement, parts: PageParts) {
  const { chat, editing, announcement, live } = parts;
  const list = document.getElementById("messages");
  const next = page.getElementById("messages");
  const [number] = button.value.split(".");
  const versions = next?.querySelector(`[name="version"][value^="${number}."]`)?.parentElement;
  const label = button.getAttribute("aria-label");
  const focus = versions?.querySelector<HTMLElement>(`[aria-label="${label}"]`);
  if (!list || !next || !versions || !focus) return false;

  const { top } = button.getBoundingClientRect();
  const filled = list.querySelector(".now") !== null;
  editing.value = null;
  // Turns that were added since the page's load are among the new messages.
  const before = chat.peek();
  if (before) {
    const estimate = estimateIn(page);
    // A message that is being sent still is.
    const { pending } = before;
    chat.value = { ...parts.openChat(null), pending, ...estimate && { estimate } };
  }
  // Live turns are the island's, and messages that wait for the network are on this device only.
  const old = list.querySelectorAll(":scope > :not([data-live], :has(> .waiting))");
  for (const item of old) item.remove();
  if (filled) next.lastElementChild?.classList.add("now");
  list.prepend(...next.children);
  exchangeOlder(list, next);
  parts.shown();
  list.dataset.cursor = next.dataset.cursor;
  live.feed?.goOn(next.dataset.cursor);
  // The added turns leave the page with the next rendering.
  await Promise.resolve();
  scrollBy({ top: focus.getBoundingClientRect().top - top, behavior: "instant" });
  focus.focus({ preventScroll: true });

  const said = announcement.value = versions.querySelector(".sr")?.textContent ?? "";
  setTimeout(() => {
    if (announcement.peek() === said) announcement.value = "";
  }, SAID_MS);
  import("../kept/keep_page.ts").then(({ keepPage }) => keepPage()).catch(() => {});
  return true;
}

/** Figures for the estimate of the next message's cost, among the props of a page's islands. */
function estimateIn(page: Document): EstimateView | null {
  const props = page.getElementById("frsh")?.textContent ?? "";
  const [, json] = /"estimate":({"inputRate"[^}]+})/.exec(props) ?? [];
  return json ? JSON.parse(json) : null;
}

/** Takes over the link to older messages, where there is one. */
function exchangeOlder(list: Element, next: Element): void {
  const [before, after] = [list, next].map(({ previousElementSibling: link }) =>
    link?.matches(".older") ? link : null
  );
  before?.remove();
  if (after) list.before(after);
}
