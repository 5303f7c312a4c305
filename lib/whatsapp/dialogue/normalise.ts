/** Latin accents, Arabic vowel signs and hamza, tatweel: often omitted in writing. */
const MARKS = /[\u0300-\u036f\u0640\u064b-\u065f\u0670]/g;
/** Bidi marks, joiners, soft hyphens; variation selectors, keycaps and skin tones of emoji. */
const INVISIBLE = /[\p{Cf}\p{Emoji_Modifier}\ufe00-\ufe0f\u20e3]/gu;
const BEFORE = /^[\s"'(\u00a1\u00bf!/.*_~]+/u;
const AFTER = /[\s"').,!?;:*_~\u061f\u060c\u061b\u06d4\u0964\u0965\u3001\u3002]+$/u;

/** Removes accents, vowel signs and hamza. */
export function stripMarks(text: string): string {
  return text.normalize("NFKD").replace(MARKS, "").normalize("NFC");
}

/**
 * Normalises a short message for comparison with commands: lower case, ASCII digits, uniform
 * quotes and spaces, no accents, no invisible characters, no punctuation around it.
 */
export function normalise(text: string): string {
  const plain = stripMarks(text)
    .replace(INVISIBLE, "").replaceAll("\u{1f51f}", "10")
    .replace(/(?![0-9])\p{Nd}/gu, asciiDigit)
    .replace(/[‘’‚‛`]/g, "'").replace(/[“”„‟«»]/g, '"')
    // Two spellings of the same nasal: हाँ and हां.
    .replaceAll("\u0901", "\u0902")
    .replace(/\s+/g, " ").trim().toLowerCase();
  const bare = plain.replace(BEFORE, "").replace(AFTER, "");
  return bare === "" ? plain : bare;
}

const isDigit = (code: number) => /\p{Nd}/u.test(String.fromCodePoint(code));

/** Unicode's rows of ten digits begin at a code that ends in hexadecimal 0 or 6. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const row = code & ~0xf;
  return String(code - (isDigit(row) ? row : row + 6));
}
