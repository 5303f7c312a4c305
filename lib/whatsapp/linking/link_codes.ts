import { createHmac, randomBytes } from "node:crypto";
import { linkCodeFrom, shownLinkCode } from "./link_code.ts";

const HIDDEN = /\{([\w-]{43})\}/g;

/** Placeholder for a code in a stored text. */
export function codePlaceholder(salt: string): string {
  return `{${salt}}`;
}

/** A new code with its stored parts, salt and hash. */
export interface FreshCode {
  code: string;
  /** Input of `codeOf()`, which derives the code again. */
  salt: string;
  hash: string;
}

/**
 * Link codes that are never stored: each derives from a stored salt and an unstored secret.
 * Any process can therefore show a code again while it is valid. The stored hash is keyed, so
 * without the secret neither salt nor hash leads to the code.
 */
export class LinkCodes {
  private readonly key: Uint8Array;

  /**
   * @param secret shared by all processes, not stored; without one the codes end with this
   *   process.
   */
  constructor(secret: string | undefined) {
    this.key = createHmac("sha256", secret ?? randomBytes(32)).update("link codes").digest();
  }

  fresh(): FreshCode {
    const salt = randomBytes(32).toString("base64url");
    const code = this.codeOf(salt);
    return { code, salt, hash: this.hashOf(code) };
  }

  codeOf(salt: string): string {
    for (let round = 0;; round++) {
      const code = linkCodeFrom(this.mac(`code ${round} ${salt}`));
      if (code !== null) return code;
    }
  }

  /** @param code in the form of `linkCodeFrom` */
  hashOf(code: string): string {
    return this.mac(`hash ${code}`).toString("base64url");
  }

  /** Replaces the placeholders of `codePlaceholder()` with their codes. */
  revealed(text: string): string {
    return text.replace(HIDDEN, (_, salt: string) => shownLinkCode(this.codeOf(salt)));
  }

  private mac(text: string) {
    return createHmac("sha256", this.key).update(text).digest();
  }
}
