import type { Mirror } from "../dialogue/state.ts";

/** What became of a code that somebody sent. */
export type Redeemed = "done" | "failed" | "expired" | { blockedMinutes: number };

/** Makes one conversation of a phone's and a web visitor's. */
export interface Linking {
  /**
   * Uses up a link code for a phone.
   * @param code in the form of `linkCodeFrom`
   */
  redeem(code: string, phone: string): Promise<Redeemed>;
  /** Separates a phone from the web; of no effect when it is not linked. */
  unlink(phone: string): Promise<void>;
  /** Deletes what is kept of a visitor's links and codes beside the link itself. */
  deleteVisitor(visitor: string): Promise<void>;
  /** The text of a message with a link code; what is stored of it has none. */
  revealed(body: string): string;
  /** Sets what of the web conversation goes to the phone. */
  setMirror(phone: string, mirror: Mirror): Promise<void>;
}
