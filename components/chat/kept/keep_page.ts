/** How long after a reply's end the page is kept, in ms: its last parts are rendered by then. */
const SETTLED_MS = 1_000;

let keeps = false;

/**
 * Keeps the page on this device for times without a network, as it stands: what was said since its
 * request is part of it. Begins with the first reply, so that a mere visit costs nothing.
 */
export function keepPage(): void {
  addPrintSheet();
  if (!("serviceWorker" in navigator)) return;
  const script = document.getElementById("messages")?.dataset.worker;
  setTimeout(send, SETTLED_MS);
  if (keeps || !script) return;
  keeps = true;
  const { serviceWorker } = navigator;
  // A further version has another address; until then nothing is asked.
  serviceWorker.register(script, { updateViaCache: "all" }).catch(() => {});
  serviceWorker.addEventListener("controllerchange", send);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) send();
  });
}

/** A page without messages comes without the sheet that prints them. */
function addPrintSheet(): void {
  const sheet = document.querySelector<HTMLLinkElement>('link[href^="/public.css"]');
  if (!sheet || document.querySelector('link[media="print"]')) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.media = "print";
  link.href = sheet.href.replace("public", "print");
  document.head.append(link);
}

function send(): void {
  const html = snapshot(document);
  if (html !== null) navigator.serviceWorker.controller?.postMessage({ html });
}

/**
 * The page as the server would have rendered it now; null while it cannot be told. Live messages
 * become static ones, before their island: later events replace them.
 */
export function snapshot(page: Document): string | null {
  const copy = page.documentElement.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return null;
  copy.classList.remove("js", "aloud");
  const list = copy.querySelector("#messages");
  const island = [...list?.childNodes ?? []].find((node) => node instanceof Comment);
  if (!list || !island) return null;
  for (const item of copy.querySelectorAll("li:has(> .waiting)")) item.remove();
  for (const item of list.querySelectorAll(".now")) item.classList.remove("now");
  const live = [...list.querySelectorAll("li[data-live]")];
  // A reply that ran when the page was rendered is also in the island's data.
  if (live.some((item) => !item.firstElementChild?.matches(".question"))) return null;
  for (const item of live) {
    item.removeAttribute("data-live");
    list.insertBefore(item, island);
  }
  // Costs beside a reply that is no longer the latest are an island as well.
  if (live.length > 0) { for (const item of list.querySelectorAll("li")) removeComments(item); }
  for (const opened of copy.querySelectorAll("details[open]")) opened.removeAttribute("open");
  copy.querySelector("#voice")?.replaceChildren();
  for (const picture of copy.querySelectorAll("form .pics")) picture.remove();
  return `<!DOCTYPE html>${copy.outerHTML}`;
}

function removeComments(element: Element): void {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_COMMENT);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.parentNode?.removeChild(comment);
}
