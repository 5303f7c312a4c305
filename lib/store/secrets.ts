import type { Kv } from "./kv.ts";
import { storeKeys } from "./records.ts";
import type { Transactions } from "./transactions.ts";

/**
 * Random secrets shared by all processes on a store, each created on first use.
 * They are cached until the store's generation changes.
 */
export class Secrets {
  private readonly known = new Map<string, Promise<string>>();

  constructor(kv: Kv, private readonly transactions: Transactions) {
    kv.onSwitch(() => this.known.clear());
  }

  /** 256 bits in base64url. */
  of(name: string): Promise<string> {
    const known = this.known.get(name);
    if (known) return known;
    const reading = this.read(name);
    this.known.set(name, reading);
    // A failed read is repeated.
    reading.catch(() => {
      if (this.known.get(name) === reading) this.known.delete(name);
    });
    return reading;
  }

  private read(name: string): Promise<string> {
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
