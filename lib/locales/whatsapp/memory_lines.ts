import { bold, truncateLine } from "../../shared/truncate_line.ts";

/** A note and the name of its tool. */
export interface MemoryLine {
  readonly tool: string;
  readonly text: string;
}

/** Texts around a list of notes, in one language. */
interface MemoryWords {
  readonly title: string;
  readonly none: string;
  /** Memory is switched off. */
  readonly off: string;
  /** The commands that end it. */
  readonly how: string;
}

/** Notes in one message, and UTF-16 units of each. */
const MOST_LINES = 5;
const LONGEST_LINE = 150;

/** What the tools remember of a person, as a message. */
export function memoryLines(
  notes: readonly MemoryLine[],
  off: boolean,
  { title, none, off: isOff, how }: MemoryWords,
): string {
  const lines = notes.slice(0, MOST_LINES).map(({ tool, text }) =>
    `• ${bold(truncateLine(tool, 40))}: ${truncateLine(text, LONGEST_LINE)}`
  );
  const list = lines.length === 0 ? none : `${title}\n${lines.join("\n")}`;
  return [list, off ? isOff : how].join("\n\n");
}
