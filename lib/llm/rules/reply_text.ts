/**
 * Most UTF-16 units of one stored text. A record takes 65,536 bytes, and a unit takes two once any
 * character is beyond Latin-1: 60,000 bytes leave room for the other fields.
 */
export const LONGEST_TEXT = 30_000;

/** Cuts a text to at most `units` UTF-16 units, never within a surrogate pair. */
export function cutText(text: string, units: number): string {
  const cut = text.length <= units ? text : text.slice(0, Math.max(0, units));
  // The second half of the pair does not fit.
  return cut.length >= units && isHigh(cut.charCodeAt(cut.length - 1)) ? cut.slice(0, -1) : cut;
}

/** Whether a text shows nothing: only white space and invisible characters. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*$/u.test(text);
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
