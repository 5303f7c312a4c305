/** Meaning of a code, and what an admin can do about it. */
export type CodeText = readonly [meaning: string, action: string];

const CHECK_NUMBER = "Check the number; the person may have no WhatsApp under it.";
const CHECK_KEYS =
  "Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN against Twilio's console and restart.";
const CHECK_SENDER =
  "Check TWILIO_PHONE_NUMBER: it must be an approved WhatsApp sender of this account.";
const CHECK_TEMPLATE = "Compare TWILIO_TEMPLATE_SID with the templates in Twilio's console.";
const CONSOLE = "Look into Twilio's console, and at Meta's Business Manager.";
const REPORT = "This is a fault of the program: please report it.";
const WAITS = "Nothing: it is sent again after a wait.";
const SLOWER = `${WAITS} If it goes on, ask Twilio for a higher limit.`;

const PAUSED_ACCOUNT: CodeText = [
  "The Twilio account is not active.",
  "Look into Twilio's console: the account may be suspended or out of credit.",
];
const FORBIDDEN: CodeText = [
  "This account may not do that at Twilio.",
  "Look into Twilio's console: the account or its keys lack a right.",
];
const BUSY: CodeText = ["Twilio takes no more requests at the moment.", SLOWER];
const NO_TEMPLATE: CodeText = ["Twilio does not know the template.", CHECK_TEMPLATE];
const TEMPLATE_VALUES: CodeText = [
  "The template's variables were not accepted.",
  "Compare the variables of TWILIO_TEMPLATE_SID with the template in Twilio's console.",
];
const UNREACHABLE: CodeText = [
  "The recipient cannot receive this message on WhatsApp.",
  `${CHECK_NUMBER} An old version of WhatsApp can be the cause too.`,
];

/** All known codes: https://www.twilio.com/docs/api/errors. */
export const TWILIO_CODES = {
  10001: PAUSED_ACCOUNT,
  11200: [
    "Twilio could not reach our webhook or did not like its answer.",
    "Check PUBLIC_URL, and that the address in Twilio's console is the one shown on the WhatsApp page.",
  ],
  20001: ["Twilio could not say what was wrong.", WAITS],
  20003: ["Twilio refused the account's keys.", CHECK_KEYS],
  20005: PAUSED_ACCOUNT,
  20006: FORBIDDEN,
  20008: [
    "Twilio's test keys cannot send on WhatsApp.",
    "Set the live keys as TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN and restart.",
  ],
  20403: FORBIDDEN,
  20404: ["Twilio does not know this account or address.", CHECK_KEYS],
  20429: BUSY,
  20500: ["Twilio had a fault of its own.", WAITS],
  20503: ["Twilio is not available at the moment.", WAITS],
  21211: ["The recipient's number is not valid.", CHECK_NUMBER],
  21212: ["Twilio does not take our own number.", CHECK_SENDER],
  21408: [
    "The account may not send to this country.",
    "Allow the country under Messaging → Geo permissions in Twilio's console.",
  ],
  21603: ["Twilio misses our own number.", CHECK_SENDER],
  21606: ["Our number belongs to another account or cannot send.", CHECK_SENDER],
  21610: [
    "The person opted out (STOP).",
    "Nothing: only the person can come back, by sending START.",
  ],
  21611: ["Too many messages are waiting at Twilio for our number.", SLOWER],
  21614: ["The number cannot receive messages.", CHECK_NUMBER],
  21617: ["The message was longer than 1,600 characters.", REPORT],
  21620: [
    "Twilio cannot use the address of the attachment.",
    "Check that PUBLIC_URL is reachable from outside.",
  ],
  21654: NO_TEMPLATE,
  21655: NO_TEMPLATE,
  21656: TEMPLATE_VALUES,
  21658: ["A part of the message was longer than Twilio allows.", REPORT],
  21660: ["Our number belongs to another account.", CHECK_SENDER],
  30001: ["Twilio's queue for this sender was full.", WAITS],
  30002: PAUSED_ACCOUNT,
  30003: ["The phone could not be reached.", CHECK_NUMBER],
  30007: [
    "The message was filtered as unwanted.",
    "Read the message in Twilio's log, and check that the tool's scope is a bounded purpose.",
  ],
  30008: [
    "The message failed for a reason that nobody told Twilio.",
    "Look at the message in Twilio's log before you send it again.",
  ],
  57012: [
    "The webhook's signature was not right.",
    "Check PUBLIC_URL and TWILIO_AUTH_TOKEN (the primary one): they are what Twilio signs with.",
  ],
  63001: [
    "WhatsApp refused the sender's credentials.",
    "Check the sender in Twilio's console.",
  ],
  63003: ["WhatsApp does not know the recipient.", CHECK_NUMBER],
  63005: [
    "WhatsApp did not accept the content, or the recipient has no WhatsApp.",
    `${CHECK_NUMBER} If a file was sent, try another format.`,
  ],
  63007: ["Twilio knows no WhatsApp sender under our number.", CHECK_SENDER],
  63010: ["WhatsApp or Twilio had an internal fault.", WAITS],
  63012: ["WhatsApp had an internal fault.", WAITS],
  63013: [
    "WhatsApp holds that the message breaks its policy.",
    "Read the message in Twilio's log, and check that the tool's scope is a bounded purpose.",
  ],
  63015: [
    "The recipient has not joined the Twilio sandbox.",
    "Let the person send the sandbox's join words, or use an approved sender.",
  ],
  63016: [
    "More than 24 hours had passed since the person last wrote.",
    "Wait until the person writes, or set TWILIO_TEMPLATE_SID to an approved template.",
  ],
  63017: ["Too many messages were sent for our number.", SLOWER],
  63018: ["WhatsApp's rate limit for this sender was reached.", SLOWER],
  63019: [
    "WhatsApp could not download the attached file.",
    "Check that PUBLIC_URL is reachable from outside and the file is not too large.",
  ],
  63020: [
    "Twilio's invitation to the WhatsApp business account was not accepted, or a bill is unpaid.",
    "Accept it, or pay, in Meta's Business Manager.",
  ],
  63021: [
    "WhatsApp does not support this content.",
    "Check the type of the attached file, or the template's length.",
  ],
  63024: UNREACHABLE,
  63027: ["The template does not exist in this language.", CHECK_TEMPLATE],
  63028: TEMPLATE_VALUES,
  63032: [
    "WhatsApp does not let us write to this person, who is in an experiment of Meta's.",
    "Nothing can be done; try again another day.",
  ],
  63033: UNREACHABLE,
  63036: ["WhatsApp does not know the recipient.", CHECK_NUMBER],
  63038: [
    "The account sent as many messages as Twilio allows in 24 hours.",
    "Wait for the next day or ask Twilio for a higher limit.",
  ],
  63040: ["WhatsApp rejected the template.", CHECK_TEMPLATE],
  63041: ["WhatsApp paused the template for low quality.", CHECK_TEMPLATE],
  63042: ["WhatsApp switched the template off for low quality.", CHECK_TEMPLATE],
  63049: [
    "Meta chose not to deliver the message, to protect people from too many.",
    "Do not send it again soon; prefer a template of the category Utility.",
  ],
  63051: ["The WhatsApp business account is locked.", CONSOLE],
} as const satisfies Record<number, CodeText>;

/** The same for an answer without a code, or with an unknown one. */
export function otherCode(code: number): CodeText {
  if (code === 401) return ["Twilio refused the account's keys.", CHECK_KEYS];
  if (code === 429) return BUSY;
  if (code === 408 || (code >= 500 && code < 600)) {
    return [
      "Twilio did not answer properly; whether the message was sent is not known.",
      "Look at Twilio's log before you send it again.",
    ];
  }
  if (code < 1000) {
    return [`Twilio refused the message (HTTP ${code}).`, "Look at Twilio's error log."];
  }
  return [
    `Twilio reported error ${code}, which this program does not know.`,
    `Look it up at https://www.twilio.com/docs/api/errors/${code}.`,
  ];
}
