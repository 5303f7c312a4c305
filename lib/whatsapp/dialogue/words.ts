import { type Language, LANGUAGES } from "../../shared/languages.ts";
import { type Mirror, MIRRORS, VOICE_MODES, type VoiceMode } from "./state.ts";
import { EVERY_WORD, EVERYWHERE, type Word } from "./vocabulary.ts";
import { isCourtesy, stripCourtesies } from "./courtesy.ts";
import { normalise } from "./normalise.ts";
import { clauses, isStopSentence } from "./stop_sentences.ts";
import { VOCABULARIES } from "./vocabularies.ts";

export type Meaning =
  | { readonly word: Word }
  | { readonly mirror: Mirror }
  | { readonly voice: VoiceMode }
  | { readonly language: Language };

/** Words and phrases understood while one language is set. */
export interface Lexicon {
  /** Whole messages, normalised. */
  readonly meanings: ReadonlyMap<string, Meaning>;
  /** Prefixes of a tool's name or number, normalised. */
  readonly use: readonly string[];
}

export const phrases = (list: string): string[] =>
  list.split("|").map(normalise).filter((phrase) => phrase !== "");

/** Opt-out words come first: STOP in one language means nothing else in any other. */
function lexiconOf(language: Language): Lexicon {
  const meanings = new Map<string, Meaning>();
  const add = (list: readonly string[], meaning: Meaning) => {
    for (const phrase of list) if (!meanings.has(phrase)) meanings.set(phrase, meaning);
  };
  const spoken = [...new Set<Language>([language, "en"])];
  const unlike = new Set(phrases(VOCABULARIES[language].words.unlike));
  const elsewhere = (each: Language, word: Word) =>
    phrases(VOCABULARIES[each].words[word]).filter((phrase) =>
      each === language || !unlike.has(phrase)
    );
  for (const word of EVERYWHERE) {
    add(phrases(VOCABULARIES[language].words.own[word] ?? ""), { word });
  }
  for (const each of LANGUAGES) add(elsewhere(each, "stop"), { word: "stop" });
  for (const each of spoken) {
    for (const word of EVERY_WORD) add(phrases(VOCABULARIES[each].words[word]), { word });
    const { words } = VOCABULARIES[each];
    const withWay = (command: string, ways: string) =>
      phrases(command).flatMap((word) => phrases(ways).map((way) => `${word} ${way}`));
    for (const mirror of MIRRORS) add(withWay(words.mirror, words.mirrors[mirror]), { mirror });
    for (const voice of VOICE_MODES) add(withWay(words.voice, words.voices[voice]), { voice });
    for (const target of LANGUAGES) {
      const names = phrases(VOCABULARIES[target].names);
      const said = phrases(VOCABULARIES[each].words.language).flatMap((word) =>
        names.map((name) => `${word} ${name}`)
      );
      add(said, { language: target });
    }
  }
  for (const each of LANGUAGES) {
    for (const word of EVERYWHERE) add(elsewhere(each, word), { word });
  }
  return { meanings, use: spoken.flatMap((each) => phrases(VOCABULARIES[each].words.use)) };
}

const LEXICONS = new Map<Language, Lexicon>();

/** The lexicon of a language, built on first use. */
export function lexicon(language: Language): Lexicon {
  const known = LEXICONS.get(language);
  if (known !== undefined) return known;
  const made = lexiconOf(language);
  LEXICONS.set(language, made);
  return made;
}

/** Words that may have courtesies, dashes and emoji around them. */
const POLITELY: ReadonlySet<Word> = new Set([
  ...EVERYWHERE.filter((word) => word !== "help"),
  "start",
  "separate",
]);
const EMOJI = /\p{Extended_Pictographic}/gu;

/**
 * Meaning of a whole normalised message. STOP, START, YES and NO are also understood among
 * courtesies, and STOP as a sentence.
 */
export function lookUp(said: string, { meanings }: Lexicon): Meaning | undefined {
  const whole = meanings.get(said);
  if (whole !== undefined || said === "") return whole;
  const essential = stripCourtesies(said);
  const known = essential === "" ? byEmoji(said, meanings) : meanings.get(essential);
  if (known !== undefined && "word" in known && POLITELY.has(known.word)) return known;
  if (isStopSentence(essential)) return { word: "stop" };
  const parts = clauses(said).filter((part) => !isCourtesy(part));
  const stops = parts.length > 0 && parts.every((part) => isStop(part, meanings));
  return stops ? { word: "stop" } : undefined;
}

function isStop(part: string, meanings: Lexicon["meanings"]): boolean {
  const essential = stripCourtesies(part);
  const known = meanings.get(essential);
  return isStopSentence(essential) ||
    (known !== undefined && "word" in known && known.word === "stop");
}

/** The common meaning of all known emoji; undefined when they differ. */
function byEmoji(said: string, meanings: Lexicon["meanings"]): Meaning | undefined {
  const known = (said.match(EMOJI) ?? []).flatMap((emoji) => meanings.get(emoji) ?? []);
  const [first] = known;
  return known.every((each) => JSON.stringify(each) === JSON.stringify(first)) ? first : undefined;
}

/** A language by its code or one of its names. */
export function languageNamed(said: string): Language | null {
  return LANGUAGES.find((language) => phrases(VOCABULARIES[language].names).includes(said)) ?? null;
}
