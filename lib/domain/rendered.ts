import { renderMarkdown } from "./markdown.ts";

/** UTF-16 units of HTML kept in memory. */
const BUDGET = 16_000_000;

const kept = new Map<string, string>();
let size = 0;

/**
 * A message's Markdown as safe HTML. What a message says under an id never
 * changes, so a page of old messages is not rendered again for each visit.
 */
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
