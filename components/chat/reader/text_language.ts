/** Scripts that are written in one language mostly. */
const SCRIPTS: readonly [RegExp, string][] = [
  [/\p{Script=Arabic}/gu, "ar"],
  [/\p{Script=Devanagari}/gu, "hi"],
  [/\p{Script=Bengali}/gu, "bn"],
  [/\p{Script=Tamil}/gu, "ta"],
  [/\p{Script=Ethiopic}/gu, "am"],
  [/\p{Script=Hebrew}/gu, "he"],
  [/\p{Script=Cyrillic}/gu, "ru"],
  [/\p{Script=Greek}/gu, "el"],
  [/\p{Script=Thai}/gu, "th"],
  [/\p{Script=Hangul}/gu, "ko"],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, "ja"],
  [/\p{Script=Han}/gu, "zh"],
];

/** Frequent words of languages in Latin letters, each in few of the others. */
const WORDS: Readonly<Record<string, string>> = {
  en: "the and of to is that it for was with are this you have not be they from or which",
  es: "el los las que y en una por con para es del se lo como más pero su este está",
  fr: "le les des et est une que pour dans qui pas sur vous avec ce il sont plus au cette",
  pt: "o os as que e em uma por com para é do da não se mais como seu este você ao",
  sw: "na ya wa kwa ni katika za la kama hii yake cha hivyo lakini huo wao yao au mtu watu",
  id: "yang dan di dengan untuk ini itu dari tidak dalam pada adalah ke akan oleh atau juga anda",
  de: "der die und das ist nicht ein eine mit auf für sich den von zu dem auch wie sie wird",
};

const KNOWN = new Map(
  Object.entries(WORDS).map(([code, words]) => [code, new Set(words.split(" "))]),
);
/** Share of the letters, and of the words, that decides. */
const MOST = 0.3;
const LEAST_WORDS = 0.08;

/** The language of a text (BCP 47), by its letters or its frequent words; else `usual`. */
export function textLanguage(text: string, usual: string): string {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return usual;
  const script = SCRIPTS.find(([script]) => (text.match(script)?.length ?? 0) / letters > MOST);
  if (script) return script[1];
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const share = (code: string) =>
    words.filter((word) => KNOWN.get(code)?.has(word)).length / words.length;
  // The page's own language first: of two equal ones it is the likely one.
  const codes = [usual, ...KNOWN.keys()].filter((code) => KNOWN.has(code));
  const [best = usual] = codes.toSorted((a, b) => share(b) - share(a));
  return share(best) >= LEAST_WORDS ? best : usual;
}
