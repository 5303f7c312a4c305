import { storeKeys } from "./records.ts";
import type { Transactions } from "./transactions.ts";

/** Random secrets shared by all processes on a store, each created on first use. */
export class Secrets {
  constructor(private readonly transactions: Transactions) {}

  /** 256 bits in base64url. */
  of(name: string): Promise<string> {
    const key = storeKeys.secret(name);
    const made = crypto.getRandomValues(new Uint8Array(32))
      .toBase64({ alphabet: "base64url", omitPadding: true });
    return this.transactions.run([key], (tx) => {
      const kept = tx.get(key);
      if (kept === null) tx.set(key, made);
      return kept ?? made;
    });
  }
}
