import { PICTURE_ALT, picturesCode } from "../../locales/own/sent_pictures.ts";
import { renderMarkdown } from "../../markdown/markdown.ts";
import { HtmlCache } from "../../shared/bounded_map.ts";

const kept = new HtmlCache(16_000_000);
/** Ids that were shown since the last look for unused ones. */
const shown = new Set<string>();

/** A message's Markdown as safe HTML, cached: the text under an id never changes. */
export function renderMessage(id: string, text: string): string {
  shown.add(id);
  const known = kept.get(id);
  if (known !== undefined) return known;
  const html = renderMarkdown(text);
  kept.set(id, html);
  return html;
}

/** Drops all HTML from the cache, as some of it was deleted: ids do not tell their conversation. */
export function forgetRendered(): void {
  kept.keep(() => false);
  shown.clear();
}

/** Drops the HTML that was not shown since the last call. */
export function ageRendered(): void {
  kept.keep((id) => shown.has(id));
  shown.clear();
}

/** UTF-16 units of HTML in the cache. */
export const renderedSize = (): number => kept.size;

/** A question as it is shown to its sender. */
interface Shown {
  text: string;
  pictures?: readonly { id: string }[];
  recordings?: readonly { id: string }[];
}

/** A question's pictures, recordings and text as safe HTML; file ids are generated here. */
export function renderQuestion(
  id: string,
  { text, pictures = [], recordings = [] }: Shown,
): string {
  const heard = recordings.map((each) =>
    `<p><audio controls preload="none" src="${addressOf(each)}"></audio></p>`
  ).join("");
  if (pictures.length === 0) return `${heard}${renderMessage(id, text)}`;
  const images = pictures.map((picture) =>
    `<a href="${addressOf(picture)}"><img src="${
      addressOf(picture)
    }" ${PICTURE_ALT} loading="lazy"></a>`
  );
  return `<p class="pictures">${images.join("")}</p>${heard}${renderMessage(id, text)}`;
}

/** Like renderQuestion(), for readers other than the sender: pictures as their number. */
export function renderNamed(id: string, text: string, pictures: number): string {
  return pictures === 0
    ? renderMessage(id, text)
    : `<p>${picturesCode(pictures)}</p>${renderMessage(id, text)}`;
}

/** URL of a file, for its sender. */
function addressOf({ id }: { id: string }): string {
  return `/api/media/${encodeURIComponent(id)}`;
}
