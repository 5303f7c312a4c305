import { PAGE_TEXTS } from "@/lib/locales/page/languages.ts";
import { plainText } from "./html_forms.ts";

/** Names that are the same in every language. */
const NAMES =
  /Etc\/GMT[-+]\d+|\b(OBT Helper|WhatsApp|Markdown|JSON|HEIC|JPEG|PNG|WebP|UTC|US|LINK|STOP|START|Shift|Enter|Esc|Ctrl|Twilio|Firefox|Chrome|Safari|MP3|M4A|Ogg|WebM|https)\b|https?:\/\/\S+|\+\d[\d •]+/g;

/** A reference that people give with a question about an error. */
const REFERENCE = new RegExp(
  PAGE_TEXTS.ar.errorPage.reference.replace("{reference}", "\\s*[\\w-]+"),
  "g",
);

const WORDS = /\p{Script=Latin}{2,}[^<>\u0600-\u06ff]{0,40}/gu;

/** Words of a page in Arabic that are of another language, but names and what people gave. */
export function foreignWords(html: string, given: readonly string[]): string[] {
  return foreignIn([said(html), ...islandTexts(html)].join(" \u0600 "), given);
}

/** The same of a text, whose unfilled places do not count. */
export function foreignIn(text: string, given: readonly string[]): string[] {
  let left = text.replace(REFERENCE, " ").replace(/\{\w+[:}]/g, " ");
  for (const each of given.toSorted((a, b) => b.length - a.length)) {
    if (each) left = left.replaceAll(each, " ");
  }
  return left.replace(NAMES, " ").match(WORDS) ?? [];
}

/** What a page says in its reader's language: words that are shown or read out. */
function said(html: string): string {
  const shown = html
    // The AI's and the person's own words, another language's name, and code.
    .replace(/<(span|bdi)[^>]* lang="(?!ar)[^>]*>[^]*?<\/\1>/g, " ")
    .replace(/<div class="(prose|bubble[^"]*)"[^>]*>[^]*?<\/div>/g, " ")
    .replace(/<(kbd|code|style|textarea)[^>]*>[^]*?<\/\1>/g, " ")
    .replace(/<script[^]*?<\/script>/g, " ");
  const read = [...shown.matchAll(
    /\s(?:alt|aria-label|aria-description|label|placeholder|title|content)="([^"]*)"/g,
  )].map(([, text = ""]) => text).filter((text) =>
    !/^(width=|light dark|#|noindex|\d+; ?url=)/.test(text)
  );
  return plainText([shown.replace(/<[^>]+>/g, " "), ...read].join(" "));
}

/** Texts in the props of islands, which their scripts show later. Ids and addresses are none. */
export function islandTexts(html: string): string[] {
  const [, data = "null"] = /<script[^>]* id="frsh"[^>]*>([^]*?)<\/script>/.exec(html) ?? [];
  const texts: string[] = [];
  // Names of the islands themselves are none.
  JSON.parse(data, (key, value: unknown) => {
    if (key === "islands") texts.length = 0;
    if (typeof value === "string" && isText(value)) {
      texts.push(value.startsWith("<") ? said(value) : value);
    }
    return value;
  });
  return texts;
}

/** Several words, one with a capital letter, or markup. */
function isText(value: string): boolean {
  return /\s/.test(value.trim()) || /^\p{Lu}\p{Ll}+\p{P}?$/u.test(value) ||
    /\p{Script=Arabic}/u.test(value);
}
