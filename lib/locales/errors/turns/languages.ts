import type { Language } from "../../../shared/languages.ts";
import { ARABIC_TURNS } from "./ar.ts";
import { ENGLISH_TURNS } from "./en.ts";
import { SPANISH_TURNS } from "./es.ts";
import { FRENCH_TURNS } from "./fr.ts";
import { HINDI_TURNS } from "./hi.ts";
import { INDONESIAN_TURNS } from "./id.ts";
import { PORTUGUESE_TURNS } from "./pt.ts";
import { SWAHILI_TURNS } from "./sw.ts";
import type { TurnErrorTexts } from "../turn_codes.ts";

/** Texts of failures and notices in each language. */
export const TURN_ERROR_TEXTS: Readonly<Record<Language, TurnErrorTexts>> = {
  en: ENGLISH_TURNS,
  es: SPANISH_TURNS,
  fr: FRENCH_TURNS,
  pt: PORTUGUESE_TURNS,
  sw: SWAHILI_TURNS,
  id: INDONESIAN_TURNS,
  ar: ARABIC_TURNS,
  hi: HINDI_TURNS,
};
