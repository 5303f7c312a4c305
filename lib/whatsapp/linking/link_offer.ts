/** Lifetime of a link code, in milliseconds. */
export const LINK_CODE_MS = 10 * 60_000;
/** Wrong codes after which the right one is refused as well. */
export const LINK_CODE_TRIES = 5;

/** An issued code as stored, without the code itself. */
export interface LinkOffer {
  /** Keyed hash of the code. */
  readonly hash: string;
  /** Wrong codes tried against this offer. */
  readonly tries: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** The phone that used it. */
  readonly usedBy: string | null;
}

/** Result of a tried code; only `right` links. */
export type CodeTried = "right" | "wrong" | "expired";

/** Whether the offer's code would be accepted. */
export function offerHolds(offer: LinkOffer, now: number): boolean {
  return offer.usedBy === null && offer.tries < LINK_CODE_TRIES && now < offer.expiresAt;
}

/**
 * Tries a code by its keyed hash; a code is right once.
 * A used code, and one guessed at too often, are reported as wrong and nothing more.
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
