import type { Mirror } from "../dialogue/state.ts";

/** Result of a code sent from a phone. */
export type Redeemed = "done" | "failed" | "expired" | { blockedMinutes: number };

/** Shares one visitor's conversations between a phone and a browser. */
export interface Linking {
  /**
   * Redeems a link code for a phone.
   * @param code in the form of `linkCodeFrom`
   */
  redeem(code: string, phone: string): Promise<Redeemed>;
  /** Ends the phone's link, if it has one. */
  unlink(phone: string): Promise<void>;
  /** Deletes the records of a visitor's links and codes, except the link itself. */
  deleteVisitor(visitor: string): Promise<void>;
  /** Fills in the code of a stored message, which holds a placeholder. */
  revealed(body: string): string;
  /** Sets which web messages are mirrored to the phone. */
  setMirror(phone: string, mirror: Mirror): Promise<void>;
}
