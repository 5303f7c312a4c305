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

type Row = [meaning: string, action: string, retry: DeliveryError["retry"]];

const CHECK_NUMBER = "Check the number; the person may have no WhatsApp under it.";
const CHECK_KEYS =
  "Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN against Twilio's console and restart.";
const REPORT = "This is a fault of the program: please report it.";

/** Twilio's words for each: https://www.twilio.com/docs/api/errors */
const ROWS: Readonly<Record<number, Row>> = {
  429: [
    "Twilio takes no more requests at the moment.",
    "Nothing: it is sent again after a wait.",
    "later",
  ],
  11200: [
    "Twilio could not reach our webhook or did not like its answer.",
    "Check PUBLIC_URL, and that the address in Twilio's console is the one shown on the WhatsApp page.",
    "never",
  ],
  20003: ["Twilio refused the account's keys.", CHECK_KEYS, "never"],
  20404: ["Twilio does not know this message or address.", CHECK_KEYS, "never"],
  20429: [
    "Twilio takes no more requests at the moment.",
    "Nothing: it is sent again after a wait.",
    "later",
  ],
  21211: ["The recipient's number is not valid.", CHECK_NUMBER, "never"],
  21408: [
    "The account may not send to this country.",
    "Allow the country under Messaging → Geo permissions in Twilio's console.",
    "never",
  ],
  21610: [
    "The person opted out (STOP).",
    "Nothing: only the person can come back, by sending START.",
    "never",
  ],
  21614: ["The number cannot receive messages.", CHECK_NUMBER, "never"],
  21617: ["The message was longer than 1,600 characters.", REPORT, "never"],
  21656: [
    "The template's variables were not accepted.",
    "Compare the variables of TWILIO_TEMPLATE_SID with the template in Twilio's console.",
    "never",
  ],
  21658: ["A part of the message was longer than Twilio allows.", REPORT, "never"],
  30001: ["Twilio's queue for this sender was full.", "Nothing: it is sent again later.", "later"],
  30008: [
    "The message failed for a reason that nobody told Twilio.",
    "Look at the message in Twilio's log before you send it again.",
    "reconcile",
  ],
  57012: [
    "The webhook's signature was not right.",
    "Check PUBLIC_URL and TWILIO_AUTH_TOKEN (the primary one): they are what Twilio signs with.",
    "never",
  ],
  63001: [
    "WhatsApp refused the sender's credentials.",
    "Check the sender in Twilio's console.",
    "never",
  ],
  63003: ["WhatsApp does not know the recipient.", CHECK_NUMBER, "never"],
  63005: [
    "WhatsApp did not accept the content, or the recipient has no WhatsApp.",
    `${CHECK_NUMBER} If a file was sent, try another format.`,
    "never",
  ],
  63007: [
    "Twilio knows no WhatsApp sender under our number.",
    "Check TWILIO_PHONE_NUMBER: it must be an approved WhatsApp sender of this account.",
    "never",
  ],
  63010: ["WhatsApp or Twilio had an internal fault.", "Nothing: it is sent again later.", "later"],
  63012: ["WhatsApp had an internal fault.", "Nothing: it is sent again later.", "later"],
  63013: [
    "WhatsApp holds that the message breaks its policy.",
    "Read the message in Twilio's log, and check that the tool's scope is a bounded purpose.",
    "never",
  ],
  63015: [
    "The recipient has not joined the Twilio sandbox.",
    "Let the person send the sandbox's join words, or use an approved sender.",
    "never",
  ],
  63016: [
    "More than 24 hours had passed since the person last wrote.",
    "Wait until the person writes, or set TWILIO_TEMPLATE_SID to an approved template.",
    "never",
  ],
  63018: [
    "WhatsApp's rate limit for this sender was reached.",
    "Nothing: it is sent again after a wait. If it goes on, ask Twilio for a higher limit.",
    "later",
  ],
  63019: [
    "WhatsApp could not download the attached file.",
    "Check that PUBLIC_URL is reachable from outside and the file is not too large.",
    "never",
  ],
  63020: [
    "Twilio's invitation to the WhatsApp business account was not accepted.",
    "Accept it in Meta's Business Manager.",
    "never",
  ],
  63021: [
    "WhatsApp does not support this content.",
    "Check the type of the attached file, or the template's length.",
    "never",
  ],
  63024: [
    "The recipient cannot receive this message on WhatsApp.",
    `${CHECK_NUMBER} An old version of WhatsApp can be the cause too.`,
    "never",
  ],
  63032: [
    "WhatsApp does not let us write to this person, who is in an experiment of Meta's.",
    "Nothing can be done; try again another day.",
    "never",
  ],
  63038: [
    "The account sent as many messages as Twilio allows in 24 hours.",
    "Wait for the next day or ask Twilio for a higher limit.",
    "later",
  ],
  63049: [
    "Meta chose not to deliver the message, to protect people from too many.",
    "Do not send it again soon; prefer a template of the category Utility.",
    "never",
  ],
};

/** What Twilio's error `code`, or the status of an HTTP answer of its API, means; an unknown one says so. */
export function deliveryError(code: number): DeliveryError {
  const [meaning, action, retry] = ROWS[code] ?? unknown(code);
  return {
    meaning,
    action,
    retry,
    ...(code === 21610 ? { optOut: true } : {}),
    ...(code === 63016 ? { closesWindow: true } : {}),
  };
}

function unknown(code: number): Row {
  if (code === 401 || code === 403) {
    return ["Twilio refused the account's keys.", CHECK_KEYS, "never"];
  }
  if (code === 408 || (code >= 500 && code < 600)) {
    return [
      "Twilio did not answer properly; whether the message was sent is not known.",
      "Look at Twilio's log before you send it again.",
      "reconcile",
    ];
  }
  if (code < 1000) {
    return [`Twilio refused the message (HTTP ${code}).`, "Look at Twilio's error log.", "never"];
  }
  return [
    `Twilio reported error ${code}, which this program does not know.`,
    `Look it up at https://www.twilio.com/docs/api/errors/${code}.`,
    "never",
  ];
}
