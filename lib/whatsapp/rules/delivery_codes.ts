/**
 * What an error is about, which decides how far it reaches:
 * - `account`: nothing passes for anybody until somebody mends the account, so sending pauses;
 * - `rate`: too many messages at once, so everything waits a moment;
 * - `passing`: a fault of the moment, the same message may pass later;
 * - `doubt`: the message may have arrived;
 * - `message`, `person`: this message, or any to this person, fails and nothing else does.
 */
export type ErrorScope = "account" | "rate" | "passing" | "doubt" | "message" | "person";

export type ErrorRow = readonly [scope: ErrorScope, meaning: string, action: string];

const CHECK_NUMBER = "Check the number; the person may have no WhatsApp under it.";
export const CHECK_KEYS =
  "Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN against Twilio's console and restart.";
const CHECK_SENDER =
  "Check TWILIO_PHONE_NUMBER: it must be an approved WhatsApp sender of this account.";
const CHECK_TEMPLATE = "Compare TWILIO_TEMPLATE_SID with the templates in Twilio's console.";
const CONSOLE = "Look into Twilio's console, and at Meta's Business Manager.";
const REPORT = "This is a fault of the program: please report it.";
const WAITS = "Nothing: it is sent again after a wait.";
const SLOWER = `${WAITS} If it goes on, ask Twilio for a higher limit.`;

const PAUSED_ACCOUNT: ErrorRow = [
  "account",
  "The Twilio account is not active.",
  "Look into Twilio's console: the account may be suspended or out of credit.",
];
const FORBIDDEN: ErrorRow = [
  "account",
  "This account may not do that at Twilio.",
  "Look into Twilio's console: the account or its keys lack a right.",
];
export const BUSY: ErrorRow = ["rate", "Twilio takes no more requests at the moment.", SLOWER];
const NO_TEMPLATE: ErrorRow = ["message", "Twilio does not know the template.", CHECK_TEMPLATE];
const TEMPLATE_VALUES: ErrorRow = [
  "message",
  "The template's variables were not accepted.",
  "Compare the variables of TWILIO_TEMPLATE_SID with the template in Twilio's console.",
];
const UNREACHABLE: ErrorRow = [
  "person",
  "The recipient cannot receive this message on WhatsApp.",
  `${CHECK_NUMBER} An old version of WhatsApp can be the cause too.`,
];

/** Every code that the program knows: https://www.twilio.com/docs/api/errors. Any other is about its message. */
export const ERROR_CODES: Readonly<Record<number, ErrorRow>> = {
  10001: PAUSED_ACCOUNT,
  11200: [
    "message",
    "Twilio could not reach our webhook or did not like its answer.",
    "Check PUBLIC_URL, and that the address in Twilio's console is the one shown on the WhatsApp page.",
  ],
  20001: ["passing", "Twilio could not say what was wrong.", WAITS],
  20003: ["account", "Twilio refused the account's keys.", CHECK_KEYS],
  20005: PAUSED_ACCOUNT,
  20006: FORBIDDEN,
  20008: [
    "account",
    "Twilio's test keys cannot send on WhatsApp.",
    "Set the live keys as TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN and restart.",
  ],
  20403: FORBIDDEN,
  20404: ["account", "Twilio does not know this account or address.", CHECK_KEYS],
  20429: BUSY,
  20500: ["passing", "Twilio had a fault of its own.", WAITS],
  20503: ["passing", "Twilio is not available at the moment.", WAITS],
  21211: ["person", "The recipient's number is not valid.", CHECK_NUMBER],
  21212: ["account", "Twilio does not take our own number.", CHECK_SENDER],
  21408: [
    "person",
    "The account may not send to this country.",
    "Allow the country under Messaging → Geo permissions in Twilio's console.",
  ],
  21603: ["account", "Twilio misses our own number.", CHECK_SENDER],
  21606: ["account", "Our number belongs to another account or cannot send.", CHECK_SENDER],
  21610: [
    "person",
    "The person opted out (STOP).",
    "Nothing: only the person can come back, by sending START.",
  ],
  21611: ["rate", "Too many messages are waiting at Twilio for our number.", SLOWER],
  21614: ["person", "The number cannot receive messages.", CHECK_NUMBER],
  21617: ["message", "The message was longer than 1,600 characters.", REPORT],
  21620: [
    "message",
    "Twilio cannot use the address of the attachment.",
    "Check that PUBLIC_URL is reachable from outside.",
  ],
  21654: NO_TEMPLATE,
  21655: NO_TEMPLATE,
  21656: TEMPLATE_VALUES,
  21658: ["message", "A part of the message was longer than Twilio allows.", REPORT],
  21660: ["account", "Our number belongs to another account.", CHECK_SENDER],
  30001: ["passing", "Twilio's queue for this sender was full.", WAITS],
  30002: PAUSED_ACCOUNT,
  30003: ["person", "The phone could not be reached.", CHECK_NUMBER],
  30007: [
    "message",
    "The message was filtered as unwanted.",
    "Read the message in Twilio's log, and check that the tool's scope is a bounded purpose.",
  ],
  30008: [
    "doubt",
    "The message failed for a reason that nobody told Twilio.",
    "Look at the message in Twilio's log before you send it again.",
  ],
  57012: [
    "account",
    "The webhook's signature was not right.",
    "Check PUBLIC_URL and TWILIO_AUTH_TOKEN (the primary one): they are what Twilio signs with.",
  ],
  63001: [
    "account",
    "WhatsApp refused the sender's credentials.",
    "Check the sender in Twilio's console.",
  ],
  63003: ["person", "WhatsApp does not know the recipient.", CHECK_NUMBER],
  63005: [
    "message",
    "WhatsApp did not accept the content, or the recipient has no WhatsApp.",
    `${CHECK_NUMBER} If a file was sent, try another format.`,
  ],
  63007: ["account", "Twilio knows no WhatsApp sender under our number.", CHECK_SENDER],
  63010: ["passing", "WhatsApp or Twilio had an internal fault.", WAITS],
  63012: ["passing", "WhatsApp had an internal fault.", WAITS],
  63013: [
    "message",
    "WhatsApp holds that the message breaks its policy.",
    "Read the message in Twilio's log, and check that the tool's scope is a bounded purpose.",
  ],
  63015: [
    "person",
    "The recipient has not joined the Twilio sandbox.",
    "Let the person send the sandbox's join words, or use an approved sender.",
  ],
  63016: [
    "person",
    "More than 24 hours had passed since the person last wrote.",
    "Wait until the person writes, or set TWILIO_TEMPLATE_SID to an approved template.",
  ],
  63017: ["rate", "Too many messages were sent for our number.", SLOWER],
  63018: ["rate", "WhatsApp's rate limit for this sender was reached.", SLOWER],
  63019: [
    "message",
    "WhatsApp could not download the attached file.",
    "Check that PUBLIC_URL is reachable from outside and the file is not too large.",
  ],
  63020: [
    "account",
    "Twilio's invitation to the WhatsApp business account was not accepted, or a bill is unpaid.",
    "Accept it, or pay, in Meta's Business Manager.",
  ],
  63021: [
    "message",
    "WhatsApp does not support this content.",
    "Check the type of the attached file, or the template's length.",
  ],
  63024: UNREACHABLE,
  63027: ["message", "The template does not exist in this language.", CHECK_TEMPLATE],
  63028: TEMPLATE_VALUES,
  63032: [
    "person",
    "WhatsApp does not let us write to this person, who is in an experiment of Meta's.",
    "Nothing can be done; try again another day.",
  ],
  63033: UNREACHABLE,
  63036: ["person", "WhatsApp does not know the recipient.", CHECK_NUMBER],
  63038: [
    "account",
    "The account sent as many messages as Twilio allows in 24 hours.",
    "Wait for the next day or ask Twilio for a higher limit.",
  ],
  63040: ["message", "WhatsApp rejected the template.", CHECK_TEMPLATE],
  63041: ["message", "WhatsApp paused the template for low quality.", CHECK_TEMPLATE],
  63042: ["message", "WhatsApp switched the template off for low quality.", CHECK_TEMPLATE],
  63049: [
    "person",
    "Meta chose not to deliver the message, to protect people from too many.",
    "Do not send it again soon; prefer a template of the category Utility.",
  ],
  63051: ["account", "The WhatsApp business account is locked.", CONSOLE],
};
