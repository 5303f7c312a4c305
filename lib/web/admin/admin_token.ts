import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { constantTimeEqual } from "../../platform/constant_time.ts";

const BYTES = 32;

/**
 * A session's token, masked differently for each page: in a compressed page that also holds an
 * attacker's text, the length would reveal a constant token bit by bit (the BREACH attack).
 */
export function maskedToken(token: string): string {
  const mask = randomBytes(BYTES);
  const bytes = Buffer.from(token, "base64url");
  return Buffer.concat([mask, mixed(bytes, mask)]).toString("base64url");
}

/** Whether a posted token is this session's, under any mask. */
export function sameToken(brought: string, ours: string): boolean {
  const given = unmasked(brought), right = unmasked(ours);
  return given !== null && right !== null && constantTimeEqual(given, right);
}

/** Whether a text has the form of a token. */
export function isToken(text: string): boolean {
  return unmasked(text) !== null && /^[\w-]+$/.test(text);
}

function unmasked(token: string): string | null {
  const bytes = Buffer.from(token.slice(0, 100), "base64url");
  if (bytes.length !== 2 * BYTES) return null;
  return mixed(bytes.subarray(BYTES), bytes.subarray(0, BYTES)).toString("base64url");
}

function mixed(bytes: Uint8Array, mask: Uint8Array): Buffer {
  return Buffer.from(bytes.map((byte, i) => byte ^ (mask[i] ?? 0)));
}
