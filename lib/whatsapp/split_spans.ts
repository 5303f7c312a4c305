import type { Stretch } from "./split_borders.ts";

const isLetter = (sign: string) => /[\p{L}\p{N}]/u.test(sign);
const isSpace = (sign: string) => sign === "" || /\s/.test(sign);

/** What WhatsApp shows as `*bold*`, `_italic_`, `~strike~` and `` `code` `` in a text; none goes over a line's end. */
export function spansOf(text: string): Stretch[] {
  const spans: Stretch[] = [];
  const open = new Map<string, number>();
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === "\n") open.clear();
    if (!"*_~`".includes(sign)) continue;
    const [before, after] = [text.charAt(at - 1), text.charAt(at + 1)];
    const start = open.get(sign);
    if (start !== undefined && at > start + 1 && !isSpace(before) && !isLetter(after)) {
      spans.push({ start, end: at + 1 });
      open.delete(sign);
    } else if (start === undefined && !isLetter(before) && !isSpace(after)) {
      open.set(sign, at);
    }
  }
  return spans;
}
