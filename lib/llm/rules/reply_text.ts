/**
 * The most UTF-16 units of one text in the store. A record takes 65,536 bytes, in
 * which a unit is two as soon as one character of the text is beyond Latin-1: these
 * are 60,000, and leave room for the record's other fields.
 */
export const LONGEST_TEXT = 30_000;

/** As much of a text as so many UTF-16 units hold, never half a character. */
export function cutText(text: string, units: number): string {
  const cut = text.length <= units ? text : text.slice(0, Math.max(0, units));
  // The other half would come next, and there is no room for it.
  return cut.length >= units && isHigh(cut.charCodeAt(cut.length - 1)) ? cut.slice(0, -1) : cut;
}

/** Whether a text shows nothing: white space, and characters that are not drawn. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*$/u.test(text);
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
