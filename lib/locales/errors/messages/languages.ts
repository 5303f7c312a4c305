import type { Language } from "../../../shared/languages.ts";
import { ARABIC_ERRORS } from "./ar.ts";
import { ENGLISH_ERRORS } from "./en.ts";
import { SPANISH_ERRORS } from "./es.ts";
import { FRENCH_ERRORS } from "./fr.ts";
import { HINDI_ERRORS } from "./hi.ts";
import { INDONESIAN_ERRORS } from "./id.ts";
import { PORTUGUESE_ERRORS } from "./pt.ts";
import { SWAHILI_ERRORS } from "./sw.ts";
import type { ErrorTexts } from "../error_texts.ts";

/** Texts of errors in each language. */
export const ERROR_TEXTS: Readonly<Record<Language, ErrorTexts>> = {
  en: ENGLISH_ERRORS,
  es: SPANISH_ERRORS,
  fr: FRENCH_ERRORS,
  pt: PORTUGUESE_ERRORS,
  sw: SWAHILI_ERRORS,
  id: INDONESIAN_ERRORS,
  ar: ARABIC_ERRORS,
  hi: HINDI_ERRORS,
};
