/** Digits and capitals without those that look alike (0 O, 1 I L, U V): 30 signs. */
export const LINK_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
export const LINK_CODE_LENGTH = 8;

/**
 * A link code made of random bytes (some 39 bits of 8 and more bytes), or null
 * when these bytes make none: ask again with new ones. Every sign is equally
 * likely, and at least one is a digit, so that no code reads like a word.
 */
export function linkCodeFrom(random: Uint8Array): string | null {
  const fair = 256 - 256 % LINK_CODE_ALPHABET.length;
  const signs = [...random].filter((byte) => byte < fair)
    .map((byte) => LINK_CODE_ALPHABET.charAt(byte % LINK_CODE_ALPHABET.length));
  const code = signs.slice(0, LINK_CODE_LENGTH).join("");
  return code.length === LINK_CODE_LENGTH && /\d/.test(code) ? code : null;
}

/** As people read it from a page: `"2345-ABCD"`. */
export function shownLinkCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What somebody typed as a code, in any case and with any spaces or hyphens → the code; null when it cannot be one. */
export function readLinkCode(typed: string): string | null {
  const code = typed.normalize("NFKC").replace(/[\s\p{Pd}\p{Cf}]/gu, "").toUpperCase();
  const signs = new RegExp(`^[${LINK_CODE_ALPHABET}]{${LINK_CODE_LENGTH}}$`);
  return signs.test(code) ? code : null;
}
