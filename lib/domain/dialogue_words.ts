import { type Language, LANGUAGES } from "./languages.ts";
import type { Mirror } from "./dialogue_state.ts";
import { normalise } from "./dialogue_normal.ts";
import { LATIN_WORDS } from "./dialogue_words_latin.ts";
import { OTHER_WORDS } from "./dialogue_words_other.ts";
import { LANGUAGE_WORDS } from "./dialogue_words_languages.ts";

/** What a whole message of one or a few words can mean. */
export type Word =
  | "stop"
  /** Opts in again at any time. */
  | "start"
  /** Means `start` too, but only from somebody who opted out: they are everyday words. */
  | "resume"
  | "yes"
  /** As good as YES where nothing is lost by it. */
  | "agree"
  | "no"
  | "help"
  | "menu"
  | "more"
  | "back"
  | "new"
  | "cost"
  | "export"
  | "delete_data"
  | "language"
  | "unlink"
  | "mirror"
  | "greeting";

/** The words of one language; several are separated by `|`. */
export type Words = Readonly<Record<Word, string>> & {
  /** What follows the word for mirror. */
  readonly mirrors: Readonly<Record<Mirror, string>>;
  /** What stands before a tool's name or number. */
  readonly use: string;
};

export const WORDS: Readonly<Record<Language, Words>> = { ...LATIN_WORDS, ...OTHER_WORDS };

export type Meaning =
  | { readonly word: Word }
  | { readonly mirror: Mirror }
  | { readonly language: Language };

/** What is understood of somebody who is spoken to in one language. */
export interface Lexicon {
  /** Whole messages, normalised. */
  readonly meanings: ReadonlyMap<string, Meaning>;
  /** What stands before a tool's name or number, normalised. */
  readonly use: readonly string[];
}

/** These are understood in any language: nobody must know which one is set to be helped or left alone. */
const EVERYWHERE: readonly Word[] = ["stop", "resume", "yes", "agree", "no", "help"];
const EVERY_WORD: readonly Word[] = [
  ...EVERYWHERE,
  ...(["start", "menu", "more", "back", "new", "cost", "export", "delete_data"] as const),
  ...(["language", "unlink", "mirror", "greeting"] as const),
];

export const phrases = (list: string): string[] => list.split("|").map(normalise);

/** Opting out comes first: what means STOP in any language means nothing else in another. */
function lexiconOf(language: Language): Lexicon {
  const meanings = new Map<string, Meaning>();
  const add = (list: readonly string[], meaning: Meaning) => {
    for (const phrase of list) if (!meanings.has(phrase)) meanings.set(phrase, meaning);
  };
  const spoken = [...new Set<Language>([language, "en"])];
  for (const each of LANGUAGES) add(phrases(WORDS[each].stop), { word: "stop" });
  for (const each of spoken) {
    for (const word of EVERY_WORD) add(phrases(WORDS[each][word]), { word });
    for (const mirror of ["reply", "both", "off"] as const) {
      const ways = phrases(WORDS[each].mirrors[mirror]);
      const said = phrases(WORDS[each].mirror).flatMap((word) =>
        ways.map((way) => `${word} ${way}`)
      );
      add(said, { mirror });
    }
    for (const target of LANGUAGES) {
      const names = phrases(LANGUAGE_WORDS[target]);
      const said = phrases(WORDS[each].language).flatMap((word) =>
        names.map((name) => `${word} ${name}`)
      );
      add(said, { language: target });
    }
  }
  for (const each of LANGUAGES) {
    for (const word of EVERYWHERE) add(phrases(WORDS[each][word]), { word });
  }
  return { meanings, use: spoken.flatMap((each) => phrases(WORDS[each].use)) };
}

const LEXICONS = new Map<Language, Lexicon>();

/** The lexicon of a language, made when it is first needed. */
export function lexicon(language: Language): Lexicon {
  const known = LEXICONS.get(language);
  if (known !== undefined) return known;
  const made = lexiconOf(language);
  LEXICONS.set(language, made);
  return made;
}

/** A language by its code or by a name that people give it; null when there is none of that name. */
export function languageNamed(said: string): Language | null {
  return LANGUAGES.find((language) => phrases(LANGUAGE_WORDS[language]).includes(said)) ?? null;
}
