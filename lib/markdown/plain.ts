import { escapeHtml } from "./escape.ts";

/** Matches any possible markup; in doubt a text is not plain. */
const MARKUP = new RegExp(
  [
    /[\\`*_[\]@|$]/, // code, emphasis, links, e-mail addresses, tables, maths
    // deno-lint-ignore no-control-regex -- control characters are what it is about
    /[\0-\x09\x0b-\x1f]/,
    /~~|:\/\/|mailto:/, // strikethrough and fences, addresses
    /&[#a-z]|<[a-z]/, // entities, <br> and <https://…>
    /(?:^|\n) | (?=\n)/, // indented lines, hard line breaks
    /(?:^|\n)(?:[-+=>#]|\d{1,9}[.)](?: |\n|$))/, // lists, quotes, headings, rules
  ].map((part) => part.source).join("|"),
  "i",
);

/** Fast path for plain sentences: the parser's exact result, or null when the text is not plain. */
export function plainToHtml(text: string): string | null {
  if (MARKUP.test(text)) return null;
  let html = "";
  for (const paragraph of text.split(/\n{2,}/)) {
    const trimmed = trimNewlinesAndSpaces(paragraph);
    if (trimmed === "") continue;
    html += `<p dir="auto">${escapeHtml(trimmed).replaceAll("\n", "<br>\n")}</p>\n`;
  }
  return html;
}

/** Not `trim`: a no-break space, for example, belongs to the text. */
function trimNewlinesAndSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a;
}
