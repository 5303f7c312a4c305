import { z } from "zod";

/** The languages in which the program itself speaks on WhatsApp (BCP 47); a model answers in any. */
export const LANGUAGES = ["en", "es", "fr", "pt", "sw", "id", "ar", "hi"] as const;

export type Language = typeof LANGUAGES[number];

export const languageSchema = z.enum(LANGUAGES);

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  es: "Español",
  fr: "Français",
  pt: "Português",
  sw: "Kiswahili",
  id: "Bahasa Indonesia",
  ar: "العربية",
  hi: "हिन्दी",
};
