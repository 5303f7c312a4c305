import { createHash } from "node:crypto";

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH = 6;

/** Display name of a visitor for others: stable, and without their id or number. */
export function pseudonymOf(visitor: string): string {
  const number = /^(?:[a-z]+:)?\+?(\d{7,15})$/.exec(visitor)?.[1];
  if (number !== undefined) return `WhatsApp …${number.slice(-2)}`;
  const hash = createHash("sha256").update(`pseudonym\0${visitor}`).digest();
  const letters = [...hash.subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]);
  return `Visitor ${letters.join("")}`;
}
