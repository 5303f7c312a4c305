import { createHash } from "node:crypto";

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH = 6;

/**
 * What a visitor is called where others see him: the same for the same person,
 * but neither his id nor his number can be made out from it.
 */
export function pseudonymOf(visitor: string): string {
  const number = /^(?:[a-z]+:)?\+?(\d{7,15})$/.exec(visitor)?.[1];
  if (number !== undefined) return `WhatsApp …${number.slice(-2)}`;
  const hash = createHash("sha256").update(`pseudonym\0${visitor}`).digest();
  const letters = [...hash.subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]);
  return `Visitor ${letters.join("")}`;
}
