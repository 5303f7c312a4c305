/** What happened to a message, and what an admin can do about it. */
export interface Told {
  readonly meaning: string;
  readonly action: string;
}

export const KINDS = {
  reply: "Reply",
  answer: "Answer to a command",
  mirror: "From the web",
  human: "By a person",
  notice: "Notice",
  code: "Link code",
  goodbye: "Confirmation of STOP",
} as const;

/** A voice note in place of a message's text. */
export function voiceNoteOf(seconds: number): string {
  const whole = Math.round(seconds);
  return `🔊 Voice note, ${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export const AS_TEMPLATE = "as the template";

export const STATES = {
  waiting: "Waiting",
  waitingAgain: "Waits for another try",
  trying: "Being sent",
  unknown: "Not known",
  refused: "Refused",
  dropped: "Not sent",
  sentAgain: "Not delivered, sent again",
  failed: "Not delivered",
  read: "Read",
  delivered: "Delivered",
  sent: "Sent",
  accepted: "Accepted",
} as const;

/** Reasons why the program did not send a message. */
export const NOT_SENT = {
  optedOut: {
    meaning: "The person opted out (STOP), so it was not sent.",
    action: "Nothing: only they can come back, by sending START.",
  },
  blocked: { meaning: "The person is blocked, so it was not sent.", action: "Unblock them first." },
  window: {
    meaning: "More than 24 hours had passed since the person last wrote, so it was not sent.",
    action: "Wait until they write, or set TWILIO_TEMPLATE_SID to an approved template.",
  },
  follows: {
    meaning: "An earlier part of the same reply did not go through, so the rest was not sent.",
    action: "See the part before it.",
  },
  gaveUp: {
    meaning: "It was tried for a long time and never went through.",
    action: "Test the connection; the person can simply ask again.",
  },
  overBudget: {
    meaning: "The day's budget left no room for it.",
    action: "Raise the budget, or wait for the next day.",
  },
} as const satisfies Record<string, Told>;

export const NOT_KNOWN: Told = {
  meaning: "The connection broke before Twilio answered: nobody knows whether it was sent.",
  action:
    "It is looked for at Twilio and not sent again by itself. If it stays so, look into Twilio's log and decide here.",
};

export const NOT_REACHED: Told = {
  meaning: "Twilio could not be reached.",
  action: "Nothing: it is sent again after a wait.",
};

export const NOT_DELIVERED: Told = {
  meaning: "It was not delivered, and nobody said why.",
  action: "Look at the message in Twilio's log.",
};

export const IN_THE_LOG: Told = {
  meaning: "It was not delivered.",
  action: "Look into Twilio's log.",
};

export const ASK_AGAIN = "Let the person ask for a new code.";
export const WAS_SENT_AGAIN = "Nothing: it was sent again.";

export function notSentAgain(times: number): string {
  return `It was sent ${
    times === 1 ? "once" : `${times} times`
  } and is not sent again. The person can simply ask again.`;
}
