import type { Language } from "../../shared/languages.ts";
import { ARABIC_PAGES } from "./ar.ts";
import { ENGLISH_PAGES } from "./en.ts";
import { SPANISH_PAGES } from "./es.ts";
import { FRENCH_PAGES } from "./fr.ts";
import { HINDI_PAGES } from "./hi.ts";
import { INDONESIAN_PAGES } from "./id.ts";
import { PORTUGUESE_PAGES } from "./pt.ts";
import { SWAHILI_PAGES } from "./sw.ts";
import type { PageTexts } from "./texts.ts";

/** Texts of the public pages in each language. */
export const PAGE_TEXTS: Readonly<Record<Language, PageTexts>> = {
  en: ENGLISH_PAGES,
  es: SPANISH_PAGES,
  fr: FRENCH_PAGES,
  pt: PORTUGUESE_PAGES,
  sw: SWAHILI_PAGES,
  id: INDONESIAN_PAGES,
  ar: ARABIC_PAGES,
  hi: HINDI_PAGES,
};
