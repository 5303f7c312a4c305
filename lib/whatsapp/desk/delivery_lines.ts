import { deliveryError, mayPassLater } from "../rules/delivery_errors.ts";
import { hasFailed } from "../rules/delivery_status.ts";
import type {
  DeliveryFault,
  OutboxLine,
  SimulatedLine,
} from "../../shared/views/whatsapp_admin_view.ts";
import type { Outbox, OutboxKind } from "../records.ts";

const KINDS: Readonly<Record<OutboxKind, string>> = {
  reply: "Reply",
  answer: "Answer to a command",
  mirror: "From the web",
  human: "By a person",
  notice: "Notice",
  code: "Link code",
  goodbye: "Confirmation of STOP",
};

/** What a message is, in a word or two. */
export function kindOf({ kind, by, template }: Outbox): string {
  return `${KINDS[kind]}${by === null ? "" : `, ${by}`}${template ? ", as the template" : ""}`;
}

/** Whether it is known, or feared, that a message did not reach somebody who was to have it. */
export function isFaulty(message: Outbox): boolean {
  return message.state === "unknown" || notReached(message) || isRepeated(message);
}

/** Whether a message did not arrive and waits to be sent again. */
export function isRepeated({ repeat, status, why }: Outbox): boolean {
  return repeat?.as === null && why === null && status !== null && hasFailed(status);
}

/** Whether a message is known not to have reached somebody who was to have it. */
export function notReached(message: Outbox): boolean {
  const { state, status, why, repeat } = message;
  // What became of one that is sent again is said of the later one.
  if (isRepeated(message) || typeof repeat?.as === "number") return false;
  // What an admin dropped has no reason of the program's.
  if (state === "dropped") return why !== null && why !== "optedOut" && why !== "blocked";
  return state === "refused" || (state === "taken" && status !== null && hasFailed(status));
}

/** How far a message came, in a word or two, and how to show that. */
export function stateOf(message: Outbox): Pick<OutboxLine, "state" | "level"> {
  switch (message.state) {
    case "waiting":
      return { state: message.tries > 0 ? "Waits for another try" : "Waiting", level: "plain" };
    case "trying":
      return { state: "Being sent", level: "plain" };
    case "unknown":
      return { state: "Not known", level: "warn" };
    case "refused":
      return { state: "Refused", level: "bad" };
    case "dropped":
      return { state: "Not sent", level: notReached(message) ? "bad" : "plain" };
    case "taken":
      return takenState(message);
  }
}

function takenState(message: Outbox): Pick<OutboxLine, "state" | "level"> {
  const { status, repeat } = message;
  if (isRepeated(message)) return { state: "Waits for another try", level: "plain" };
  if (typeof repeat?.as === "number") {
    return { state: "Not delivered, sent again", level: "plain" };
  }
  if (status !== null && hasFailed(status)) return { state: "Not delivered", level: "bad" };
  if (status === "read") return { state: "Read", level: "good" };
  if (status === "delivered") return { state: "Delivered", level: "good" };
  return { state: status === "sent" ? "Sent" : "Accepted", level: "plain" };
}

const OURS: Readonly<Record<NonNullable<Outbox["why"]>, Omit<DeliveryFault, "code">>> = {
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
    action: "Raise the ceiling, or wait for the next day.",
  },
};

const UNKNOWN: DeliveryFault = {
  code: null,
  meaning: "The connection broke before Twilio answered: nobody knows whether it was sent.",
  action:
    "It is looked for at Twilio and not sent again by itself. If it stays so, look into Twilio's log and decide here.",
};

const UNREACHED: DeliveryFault = {
  code: null,
  meaning: "Twilio could not be reached.",
  action: "Nothing: it is sent again after a wait.",
};

/** What went wrong with a message and what to do; null while nothing has. */
export function faultOf(message: Outbox): DeliveryFault | null {
  const { state, code, why, tries } = message;
  if (code !== null && code !== 0) return { ...errorOf(code), ...actionNow(message) };
  if (why !== null) return { code: null, ...OURS[why] };
  if (state === "unknown") return UNKNOWN;
  if (state === "waiting" && tries > 0) return UNREACHED;
  if (notReached(message)) {
    return {
      code: null,
      meaning: "It was not delivered, and nobody said why.",
      action: "Look at the message in Twilio's log.",
    };
  }
  return null;
}

/** What to do about a fault that may pass, where its message is not, or no more, sent again. */
function actionNow(message: Outbox): Partial<DeliveryFault> {
  const { state, code, why, repeat, sentBefore = 0 } = message;
  if (!mayPassLater(code) || state === "waiting" || state === "trying") return {};
  if (isRepeated(message)) return {};
  if (typeof repeat?.as === "number") return { action: "Nothing: it was sent again." };
  if (why !== null) return { action: OURS[why].action };
  if (message.kind === "code") return { action: "Let the person ask for a new code." };
  const times = sentBefore === 0 ? "once" : `${sentBefore + 1} times`;
  return { action: `It was sent ${times} and is not sent again. The person can simply ask again.` };
}

/** What a code means. */
export function errorOf(code: number): DeliveryFault {
  const { meaning, action } = deliveryError(code);
  return { code, meaning, action };
}

/** The mark beside a message on a phone. */
export function tickOf(message: Outbox): NonNullable<SimulatedLine["tick"]> {
  const { state, status } = message;
  if (state === "waiting" || state === "trying") return "waiting";
  if (state === "unknown") return "unknown";
  if (state !== "taken" || (status !== null && hasFailed(status))) return "failed";
  return status === "read" || status === "delivered" ? status : "sent";
}
