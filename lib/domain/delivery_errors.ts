/** What a code of Twilio's means, for people who run the place and for the program. */
export interface DeliveryError {
  /** What happened, a sentence. */
  readonly meaning: string;
  /** What an admin can do about it, a sentence. */
  readonly action: string;
  /**
   * `never`: the same message would fail again. `later`: nothing was sent, it may be
   * sent again after a wait. `reconcile`: it may have been sent; ask Twilio before anything else.
   */
  readonly retry: "never" | "later" | "reconcile";
  /** The person does not want messages: treat as STOP. */
  readonly optOut?: true;
  /** Free text is not allowed until the person writes again. */
  readonly closesWindow?: true;
}

/** What Twilio's error `code` means; an unknown one says so. https://www.twilio.com/docs/api/errors */
export function deliveryError(code: number): DeliveryError {
  return {
    meaning: `Twilio reported error ${code}, which this program does not know.`,
    action: `Look it up at https://www.twilio.com/docs/api/errors/${code}.`,
    retry: "never",
  };
}
