/** Signs that would turn the text around a name, or break its line. */
const UNRULY = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A text for one line: without control signs and overrides of direction, blanks folded. */
export function lineOf(text: string): string {
  return text.replace(UNRULY, " ").replace(/\s+/g, " ").trim();
}

/** Whether nothing of a text is seen. */
export function isUnseen(text: string): boolean {
  return /^[\s\p{Default_Ignorable_Code_Point}]*$/u.test(text);
}

/** A text as one line of at most `units` UTF-16 units, cut before a word where possible. */
export function truncateLine(text: string, units: number): string {
  // Text far beyond the cut need not be searched.
  const line = lineOf(text.slice(0, units * 4));
  if (line.length <= units && text.length <= units * 4) return line;
  const cut = line.slice(0, units - 1).replace(/[\ud800-\udbff]$/, "");
  const space = cut.lastIndexOf(" ");
  return `${(space > units / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** A tool's text within a message of WhatsApp, where three backticks format beyond their line. */
export function phoneLine(text: string, units: number): string {
  return truncateLine(text, units).replaceAll("```", "ˋˋˋ");
}

/** A name in WhatsApp's bold. */
export function bold(name: string): string {
  return `*${phoneLine(name, 80).replaceAll("*", "∗")}*`;
}
