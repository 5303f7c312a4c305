import type { Language } from "../../shared/languages.ts";
import type { WhatsAppTexts } from "./catalogue.ts";
import { ENGLISH } from "./en.ts";
import { SPANISH } from "./es.ts";
import { FRENCH } from "./fr.ts";
import { PORTUGUESE } from "./pt.ts";
import { SWAHILI } from "./sw.ts";
import { INDONESIAN } from "./id.ts";
import { ARABIC } from "./ar.ts";
import { HINDI } from "./hi.ts";

const ALL: Readonly<Record<Language, WhatsAppTexts>> = {
  en: ENGLISH,
  es: SPANISH,
  fr: FRENCH,
  pt: PORTUGUESE,
  sw: SWAHILI,
  id: INDONESIAN,
  ar: ARABIC,
  hi: HINDI,
};

export function texts(language: Language): WhatsAppTexts {
  return ALL[language];
}
