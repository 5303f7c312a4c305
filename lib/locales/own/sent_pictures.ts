import type { Language } from "../../shared/languages.ts";
import { OWN_SHARE } from "./share.ts";

/** Name of each picture in a question's HTML, which is cached in English for all readers. */
export const PICTURE_ALT = altIn("en");

/** A question's HTML with its pictures' names in a reader's language. Texts have no bare quotes. */
export function picturesInLanguage(html: string, language: Language): string {
  return language === "en" ? html : html.replaceAll(PICTURE_ALT, altIn(language));
}

function altIn(language: Language): string {
  return `alt="${OWN_SHARE[language].picture}"`;
}
