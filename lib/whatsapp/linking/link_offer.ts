/** How long a link code holds, in milliseconds. */
export const LINK_CODE_MS = 10 * 60_000;
/** Wrong codes after which the right one is not taken any more. */
export const LINK_CODE_TRIES = 5;

/** A code that was given to somebody, as far as it is remembered: not the code itself. */
export interface LinkOffer {
  /** The code's keyed hash. */
  readonly hash: string;
  /** Wrong codes that were tried in its place. */
  readonly tries: number;
  /** When it ends, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** Who used it, if anybody did. */
  readonly usedBy: string | null;
}

/** What comes of a code that somebody says: only `right` links. */
export type CodeTried = "right" | "wrong" | "expired";

/** Whether the offer's code would be taken. */
export function offerHolds(offer: LinkOffer, now: number): boolean {
  return offer.usedBy === null && offer.tries < LINK_CODE_TRIES && now < offer.expiresAt;
}

/**
 * Tries a code whose keyed hash is `hash`. It is right once; of one that was
 * used, or guessed at too often, nobody learns more than that it is wrong.
 */
export function tryCode<T extends LinkOffer>(
  offer: T | null,
  hash: string,
  by: string,
  now: number,
): { tried: CodeTried; offer: T | null } {
  if (offer === null) return { tried: "wrong", offer };
  if (offer.hash !== hash) return { tried: "wrong", offer: { ...offer, tries: offer.tries + 1 } };
  if (offerHolds(offer, now)) return { tried: "right", offer: { ...offer, usedBy: by } };
  const late = offer.usedBy === null && offer.tries < LINK_CODE_TRIES;
  return { tried: late ? "expired" : "wrong", offer };
}
