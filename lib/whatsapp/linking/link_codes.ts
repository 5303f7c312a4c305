import { createHmac, randomBytes } from "node:crypto";
import { linkCodeFrom, shownLinkCode } from "./link_code.ts";

const HIDDEN = /\{([\w-]{43})\}/g;

/** What stands for a code in a text that is stored. */
export function codePlaceholder(salt: string): string {
  return `{${salt}}`;
}

/** A new code, and what of it may be stored. */
export interface FreshCode {
  code: string;
  /** From which `codeOf()` makes the code again. */
  salt: string;
  hash: string;
}

/**
 * Link codes that the store never holds: each is made of random bytes that are
 * stored and a secret that is not, so that a page can show its code again while
 * it holds, in any process. What is stored beside them is a keyed hash. Without
 * the secret neither leads to the code.
 */
export class LinkCodes {
  private readonly key: Uint8Array;

  /** @param secret what all processes know and the store does not; without one the codes end with this process. */
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

  /** A text with marks of `codePlaceholder()`, with their codes in their places. */
  revealed(text: string): string {
    return text.replace(HIDDEN, (_, salt: string) => shownLinkCode(this.codeOf(salt)));
  }

  private mac(text: string) {
    return createHmac("sha256", this.key).update(text).digest();
  }
}
