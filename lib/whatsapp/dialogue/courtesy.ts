import type { Language } from "../../shared/languages.ts";
import { normalise } from "./normalise.ts";

/** Polite words around a command, without effect on it; separated by `|`. */
const COURTESIES: Readonly<Record<Language, string>> = {
  en: "please|pls|plz|kindly|thanks|thank you|thank you very much|thank you so much|thanks a lot|" +
    "many thanks|thx|ty|tysm|ok|okay|sorry|hi|hello|hey|now|right now|immediately",
  es:
    "por favor|porfa|porfavor|gracias|muchas gracias|porfis|ya|hola|buenas|buenos días|perdón|disculpe",
  fr: "s'il vous plaît|s'il te plaît|svp|stp|merci|merci beaucoup|merci d'avance|bonjour|bonsoir|" +
    "salut|désolé|désolée|c'est bon|maintenant",
  pt: "por favor|pfv|pfvr|pf|obrigado|obrigada|muito obrigado|muito obrigada|obg|valeu|oi|olá|" +
    "já|desculpe|bom dia|boa tarde|boa noite",
  sw: "tafadhali|asante|asante sana|ahsante|samahani|habari|jambo|hujambo|sasa|naomba|bwana|basi",
  id: "ya|dong|deh|tolong|mohon|terima kasih|makasih|makasi|trims|maaf|halo|hai|sekarang|" +
    "aja|saja|sudah|udah|min|kak|pak|bu|mas|mbak",
  ar:
    "من فضلك|من فضلكم|لو سمحت|لو سمحتم|رجاء|الرجاء|أرجوك|أرجوكم|شكرا|شكرا جزيلا|شكرا لك|شكرا لكم|" +
    "السلام عليكم|مرحبا|أهلا|الآن|فورا|عفوا",
  hi: "कृपया|प्लीज|प्लीज़|धन्यवाद|शुक्रिया|नमस्ते|नमस्कार|जी|अभी|अब|भाई|" +
    "kripya|dhanyavad|dhanyawad|shukriya|namaste|ji|abhi|ab|bhai",
};

/** Punctuation, dashes, emoji. */
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}']+/gu;

function words(said: string): string {
  return said.replace(BETWEEN_WORDS, " ").trim();
}

const KNOWN: ReadonlySet<string> = new Set(
  Object.values(COURTESIES).flatMap((list) => list.split("|")).map((each) =>
    words(normalise(each))
  ),
);
const MAX_COURTESY_WORDS = Math.max(...[...KNOWN].map((each) => each.split(" ").length));

/**
 * Strips courtesies in any language from both ends, and repeated words: `stop - thank you 🙏`
 * and `stop stop` are both `stop`. At least one word of a normalised message remains.
 */
export function stripCourtesies(said: string): string {
  let left = words(said).split(" ").filter((word, at, all) => word !== all[at - 1]);
  for (const side of ["end", "start"] as const) {
    for (let cut = courtesy(left, side); cut > 0; cut = courtesy(left, side)) {
      left = side === "end" ? left.slice(0, -cut) : left.slice(cut);
    }
  }
  return left.join(" ");
}

/** Whether a normalised text is nothing but a courtesy. */
export function isCourtesy(said: string): boolean {
  return KNOWN.has(stripCourtesies(said));
}

/** Number of words of the longest courtesy at one end that leaves at least one word. */
function courtesy(all: readonly string[], side: "start" | "end"): number {
  for (let count = Math.min(MAX_COURTESY_WORDS, all.length - 1); count > 0; count--) {
    const part = side === "end" ? all.slice(-count) : all.slice(0, count);
    if (KNOWN.has(part.join(" "))) return count;
  }
  return 0;
}
