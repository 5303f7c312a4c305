import type { Language } from "../../shared/languages.ts";
import { ENGLISH_VOCABULARY } from "./languages/en.ts";
import { SPANISH_VOCABULARY } from "./languages/es.ts";
import { FRENCH_VOCABULARY } from "./languages/fr.ts";
import { PORTUGUESE_VOCABULARY } from "./languages/pt.ts";
import { SWAHILI_VOCABULARY } from "./languages/sw.ts";
import { INDONESIAN_VOCABULARY } from "./languages/id.ts";
import { ARABIC_VOCABULARY } from "./languages/ar.ts";
import { HINDI_VOCABULARY } from "./languages/hi.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Command words and phrases of each language. */
export const VOCABULARIES: Readonly<Record<Language, Vocabulary>> = {
  en: ENGLISH_VOCABULARY,
  es: SPANISH_VOCABULARY,
  fr: FRENCH_VOCABULARY,
  pt: PORTUGUESE_VOCABULARY,
  sw: SWAHILI_VOCABULARY,
  id: INDONESIAN_VOCABULARY,
  ar: ARABIC_VOCABULARY,
  hi: HINDI_VOCABULARY,
};
