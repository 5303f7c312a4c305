import { type Mirror, PLAIN_COMMANDS, type VoiceMode } from "./state.ts";

/** Words understood in every language: opting out must not depend on the language set. */
export const EVERYWHERE = [
  "stop",
  // NO to an open question, otherwise STOP.
  "cancel",
  // `start` after an opt-out only, since these are everyday words.
  "resume",
  "yes",
  // YES, except to questions about deletion.
  "agree",
  "no",
  "help",
] as const;

/** Words understood in their own language, and in English. */
const LOCAL_WORDS = [
  ...PLAIN_COMMANDS,
  "menu",
  "more",
  "back",
  "language",
  // YES to the question whether to unlink.
  "separate",
  "mirror",
  "voice",
  "greeting",
] as const;

/** Meanings of a whole message of one or a few words. */
export type Word = typeof EVERYWHERE[number] | typeof LOCAL_WORDS[number];

export const EVERY_WORD: ReadonlySet<Word> = new Set([...EVERYWHERE, ...LOCAL_WORDS]);

/** The words of one language; alternatives are separated by `|`. */
export type Words = Readonly<Record<Word, string>> & {
  /** More {@link EVERYWHERE} words, valid in this language only: ambiguous in others. */
  readonly own: Readonly<Partial<Record<typeof EVERYWHERE[number], string>>>;
  /** Words of other languages that mean something else in this one. */
  readonly unlike: string;
  /** Arguments of the word for mirror. */
  readonly mirrors: Readonly<Record<Mirror, string>>;
  /** Arguments of the word for voice. */
  readonly voices: Readonly<Record<VoiceMode, string>>;
  /** Prefixes of a tool's name or number. */
  readonly use: string;
};

/** All that is understood in one language. Accents, case and Arabic vowel signs are ignored. */
export interface Vocabulary {
  readonly words: Words;
  /** Polite words around a command, without effect on it; separated by `|`. */
  readonly courtesies: string;
  /** The language's names, its own and those in other languages; separated by `|`. */
  readonly names: string;
  /**
   * Opt-out sentences as regular expressions over a whole message, without courtesies at its ends:
   * `بعد الآن` is only `بعد` here. They are unmistakable, so each counts in every language.
   */
  readonly stopSentences: readonly string[];
}
