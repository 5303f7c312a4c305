import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { constantTimeEqual } from "../../platform/constant_time.ts";

const BYTES = 32;

/**
 * A session's token as one page carries it. Each page has it in another guise:
 * where a secret stands in compressed pages beside what somebody else may have
 * put there, their lengths would tell it bit by bit (the BREACH attack).
 */
export function maskedToken(token: string): string {
  const mask = randomBytes(BYTES);
  const bytes = Buffer.from(token, "base64url");
  return Buffer.concat([mask, mixed(bytes, mask)]).toString("base64url");
}

/** Whether what a form brought is a token that a page of this session carries, in any guise. */
export function sameToken(brought: string, ours: string): boolean {
  const given = unmasked(brought), right = unmasked(ours);
  return given !== null && right !== null && constantTimeEqual(given, right);
}

/** Whether a text looks like a token, of this session or another. */
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
