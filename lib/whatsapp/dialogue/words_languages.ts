import type { Language } from "../../shared/languages.ts";

/** Names of each language, in its own and in other languages; separated by `|`. */
export const LANGUAGE_WORDS: Readonly<Record<Language, string>> = {
  en:
    "en|english|inglés|anglais|inglês|kiingereza|inggris|bahasa inggris|الإنجليزية|إنجليزي|अंग्रेज़ी|अंग्रेजी",
  es:
    "es|spanish|español|castellano|espagnol|espanhol|kihispania|spanyol|bahasa spanyol|الإسبانية|स्पेनिश",
  fr: "fr|french|francés|français|francês|kifaransa|prancis|bahasa prancis|الفرنسية|फ़्रेंच|फ्रेंच",
  pt:
    "pt|portuguese|portugués|portugais|português|kireno|portugis|bahasa portugis|البرتغالية|पुर्तगाली",
  sw: "sw|swahili|kiswahili|suajili|suaíli|السواحيلية|स्वाहिली",
  id:
    "id|indonesian|indonesia|bahasa indonesia|bahasa|indonesio|indonésien|indonésio|kiindonesia|الإندونيسية|इंडोनेशियाई",
  ar: "ar|arabic|árabe|arabe|kiarabu|arab|bahasa arab|العربية|عربي|अरबी",
  hi: "hi|hindi|हिन्दी|हिंदी|kihindi|bahasa hindi|الهندية",
};
