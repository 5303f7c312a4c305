/** Scripts that are written without spaces between words, which dictionaries split unreliably. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const ARABIC_SIGNS = /[\u064B-\u0652\u0670\u0640]/g;

/**
 * A text in a form in which equal words are equal: case, width, Latin accents, Arabic vowel signs
 * and forms of alef do not matter; letters of other scripts stay.
 */
export function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase()
    .replace(/\p{Script=Latin}\p{M}*/gu, (letter) => letter.normalize("NFD").replace(/\p{M}/gu, ""))
    .replace(ARABIC_SIGNS, "").replace(/[أإآ]/g, "ا");
}

/** Neighbouring signs of a word in a script without spaces. */
export function pairsOf(word: string): string[] {
  const signs = [...word];
  return signs.slice(1).map((sign, i) => `${signs[i]}${sign}`);
}
