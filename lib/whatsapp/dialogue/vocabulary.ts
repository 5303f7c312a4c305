import type { Mirror } from "./state.ts";

/** What a whole message of one or a few words can mean. */
export type Word =
  | "stop"
  /** NO to an open question, STOP where none is open. */
  | "cancel"
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
  /** YES to the question whether to unlink, and nothing else. */
  | "separate"
  | "mirror"
  | "greeting";

/** Words that are understood whichever language is set: nobody must know which one it is to be left alone. */
export const EVERYWHERE = ["stop", "cancel", "resume", "yes", "agree", "no", "help"] as const;

/** The words of one language; several are separated by `|`. */
export type Words = Readonly<Record<Word, string>> & {
  /** More of the words that are understood everywhere, which mean something else elsewhere: they count in this language alone. */
  readonly own: Readonly<Partial<Record<typeof EVERYWHERE[number], string>>>;
  /** Other languages' words that mean something else in this one. */
  readonly unlike: string;
  /** What follows the word for mirror. */
  readonly mirrors: Readonly<Record<Mirror, string>>;
  /** What stands before a tool's name or number. */
  readonly use: string;
};
