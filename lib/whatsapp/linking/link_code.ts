/** Digits and capitals without lookalikes (0 O, 1 I L, U V): 30 characters. */
export const LINK_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LINK_CODE_LENGTH = 8;

/**
 * A link code (about 39 bits) from 8 or more random bytes; null when they yield none.
 * Every character is equally likely, and at least one is a digit, so that no code is a word.
 */
export function linkCodeFrom(random: Uint8Array): string | null {
  const fair = 256 - 256 % LINK_CODE_ALPHABET.length;
  const signs = [...random].filter((byte) => byte < fair)
    .map((byte) => LINK_CODE_ALPHABET.charAt(byte % LINK_CODE_ALPHABET.length));
  const code = signs.slice(0, LINK_CODE_LENGTH).join("");
  return code.length === LINK_CODE_LENGTH && /\d/.test(code) ? code : null;
}

/** The code as pages show it: `"2345-ABCD"`. */
export function shownLinkCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** Reads a typed code in any case, with any spaces or hyphens; null when it cannot be one. */
export function readLinkCode(typed: string): string | null {
  const code = typed.normalize("NFKC").replace(/[\s\p{Pd}\p{Cf}]/gu, "").toUpperCase();
  const signs = new RegExp(`^[${LINK_CODE_ALPHABET}]{${LINK_CODE_LENGTH}}$`);
  return signs.test(code) ? code : null;
}
