import type { Mirror } from "./state.ts";

/** Meanings of a whole message of one or a few words. */
export type Word =
  | "stop"
  /** NO to an open question, otherwise STOP. */
  | "cancel"
  /** Opts in again at any time. */
  | "start"
  /** `start` after an opt-out only, since these are everyday words. */
  | "resume"
  | "yes"
  /** YES, except to questions about deletion. */
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
  /** YES to the question whether to unlink. */
  | "separate"
  | "mirror"
  | "greeting";

/** Words understood in every language: opting out must not depend on the language set. */
export const EVERYWHERE = ["stop", "cancel", "resume", "yes", "agree", "no", "help"] as const;

/** The words of one language; alternatives are separated by `|`. */
export type Words = Readonly<Record<Word, string>> & {
  /** More {@link EVERYWHERE} words, valid in this language only: ambiguous in others. */
  readonly own: Readonly<Partial<Record<typeof EVERYWHERE[number], string>>>;
  /** Words of other languages that mean something else in this one. */
  readonly unlike: string;
  /** Arguments of the word for mirror. */
  readonly mirrors: Readonly<Record<Mirror, string>>;
  /** Prefixes of a tool's name or number. */
  readonly use: string;
};
