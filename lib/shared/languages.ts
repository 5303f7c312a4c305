import { z } from "zod";

/** Languages of the program's own texts on WhatsApp (BCP 47); a model answers in any. */
export const LANGUAGES = ["en", "es", "fr", "pt", "sw", "id", "ar", "hi"] as const;

export type Language = typeof LANGUAGES[number];

export const languageSchema = z.enum(LANGUAGES);

/** Each language's own name. */
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

/** Direction in which a language is written. */
export function textDirection(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}
