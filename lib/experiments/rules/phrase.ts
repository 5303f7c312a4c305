/** Accents of European scripts, Arabic and Hebrew vowel points; other marks make other words. */
const ACCENTS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
/** Joiners, marks of direction, soft hyphens and stretched letters: keyboards set them at will. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u0640]/gu;
const APOSTROPHES = /[\u2018\u2019\u02bc]/g;
const WORDS = new Intl.Segmenter("und", { granularity: "word" });

/** Whether a text contains a phrase as whole words, in any case and with or without accents. */
export function saysPhrase(text: string, phrase: string): boolean {
  const said = folded(text), wanted = folded(phrase);
  if (wanted === "" || !said.includes(wanted)) return false;
  const borders = new Set([said.length]);
  for (const { index } of WORDS.segment(said)) borders.add(index);
  for (let at = said.indexOf(wanted); at >= 0; at = said.indexOf(wanted, at + 1)) {
    if (borders.has(at) && borders.has(at + wanted.length)) return true;
  }
  return false;
}

/** Whether a phrase has something that a text can contain. */
export function canBeSaid(phrase: string): boolean {
  return folded(phrase) !== "";
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(ACCENTS, "").replace(UNSEEN, "").replace(APOSTROPHES, "'")
    .normalize("NFC")
    .toLowerCase().replace(/\s+/g, " ").trim();
}
