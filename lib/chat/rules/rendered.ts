import { renderMarkdown } from "../../markdown/markdown.ts";

/** Size of the HTML cache, in UTF-16 units. */
const BUDGET = 16_000_000;

const kept = new Map<string, string>();
let size = 0;

/** A message's Markdown as safe HTML, cached: the text under an id never changes. */
export function renderMessage(id: string, text: string): string {
  const known = kept.get(id);
  if (known !== undefined) {
    kept.delete(id);
    kept.set(id, known);
    return known;
  }
  const html = renderMarkdown(text);
  kept.set(id, html);
  size += html.length;
  for (const [oldest, value] of kept) {
    if (size <= BUDGET) break;
    kept.delete(oldest);
    size -= value.length;
  }
  return html;
}

/** A question's pictures and text as safe HTML; picture ids are generated here. */
export function renderQuestion(
  id: string,
  text: string,
  pictures: readonly { id: string }[] = [],
): string {
  if (pictures.length === 0) return renderMessage(id, text);
  const shown = pictures.map((picture) =>
    `<a href="${addressOf(picture)}"><img src="${
      addressOf(picture)
    }" alt="Picture" loading="lazy"></a>`
  );
  return `<p class="pictures">${shown.join("")}</p>${renderMessage(id, text)}`;
}

/** Like renderQuestion(), for readers other than the sender: pictures as their number. */
export function renderNamed(id: string, text: string, pictures: number): string {
  return pictures === 0
    ? renderMessage(id, text)
    : `<p>${named(pictures)}</p>${renderMessage(id, text)}`;
}

/** Placeholder for pictures that are not shown. */
export function named(pictures: number): string {
  return pictures === 0 ? "" : pictures === 1 ? "[picture]" : `[${pictures} pictures]`;
}

/** URL of a picture, for its sender. */
function addressOf({ id }: { id: string }): string {
  return `/api/media/${encodeURIComponent(id)}`;
}
