import type { Language } from "../../shared/languages.ts";
import { ARABIC_TOOLS } from "./ar.ts";
import { SPANISH_TOOLS } from "./es.ts";
import { FRENCH_TOOLS } from "./fr.ts";
import { HINDI_TOOLS } from "./hi.ts";
import { INDONESIAN_TOOLS } from "./id.ts";
import { PORTUGUESE_TOOLS } from "./pt.ts";
import { SWAHILI_TOOLS } from "./sw.ts";
import type { DefaultToolTexts } from "./tool_texts.ts";

/** Texts of the tools of a new store, in all languages but their own. */
export const DEFAULT_TOOL_TEXTS: Readonly<Record<Exclude<Language, "en">, DefaultToolTexts>> = {
  es: SPANISH_TOOLS,
  fr: FRENCH_TOOLS,
  pt: PORTUGUESE_TOOLS,
  sw: SWAHILI_TOOLS,
  id: INDONESIAN_TOOLS,
  ar: ARABIC_TOOLS,
  hi: HINDI_TOOLS,
};
