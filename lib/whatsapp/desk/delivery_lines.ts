import {
  AS_TEMPLATE,
  ASK_AGAIN,
  KINDS,
  NOT_DELIVERED,
  NOT_KNOWN,
  NOT_REACHED,
  NOT_SENT,
  notSentAgain,
  STATES,
  WAS_SENT_AGAIN,
} from "../../locales/admin/delivery.ts";
import { deliveryError, mayPassLater } from "../rules/delivery_errors.ts";
import { hasFailed } from "../rules/delivery_status.ts";
import type {
  DeliveryFault,
  OutboxLine,
  SimulatedLine,
} from "../../shared/views/whatsapp_admin_view.ts";
import type { Outbox } from "../records.ts";

/** What a message is, in a word or two. */
export function kindOf({ kind, by, template }: Outbox): string {
  return `${KINDS[kind]}${by === null ? "" : `, ${by}`}${template ? `, ${AS_TEMPLATE}` : ""}`;
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
      return { state: message.tries > 0 ? STATES.waitingAgain : STATES.waiting, level: "plain" };
    case "trying":
      return { state: STATES.trying, level: "plain" };
    case "unknown":
      return { state: STATES.unknown, level: "warn" };
    case "refused":
      return { state: STATES.refused, level: "bad" };
    case "dropped":
      return { state: STATES.dropped, level: notReached(message) ? "bad" : "plain" };
    case "taken":
      return takenState(message);
  }
}

function takenState(message: Outbox): Pick<OutboxLine, "state" | "level"> {
  const { status, repeat } = message;
  if (isRepeated(message)) return { state: STATES.waitingAgain, level: "plain" };
  if (typeof repeat?.as === "number") {
    return { state: STATES.sentAgain, level: "plain" };
  }
  if (status !== null && hasFailed(status)) return { state: STATES.failed, level: "bad" };
  if (status === "read") return { state: STATES.read, level: "good" };
  if (status === "delivered") return { state: STATES.delivered, level: "good" };
  return { state: status === "sent" ? STATES.sent : STATES.accepted, level: "plain" };
}

/** What went wrong with a message and what to do; null while nothing has. */
export function deliveryFaultOf(message: Outbox): DeliveryFault | null {
  const { state, code, why, tries } = message;
  if (code !== null && code !== 0) return { ...errorOf(code), ...actionNow(message) };
  if (why !== null) return { code: null, ...NOT_SENT[why] };
  if (state === "unknown") return { code: null, ...NOT_KNOWN };
  if (state === "waiting" && tries > 0) return { code: null, ...NOT_REACHED };
  if (notReached(message)) {
    return { code: null, ...NOT_DELIVERED };
  }
  return null;
}

/** What to do about a fault that may pass, where its message is not, or no more, sent again. */
function actionNow(message: Outbox): Partial<DeliveryFault> {
  const { state, code, why, repeat, sentBefore = 0 } = message;
  if (!mayPassLater(code) || state === "waiting" || state === "trying") return {};
  if (isRepeated(message)) return {};
  if (typeof repeat?.as === "number") return { action: WAS_SENT_AGAIN };
  if (why !== null) return { action: NOT_SENT[why].action };
  if (message.kind === "code") return { action: ASK_AGAIN };
  return { action: notSentAgain(sentBefore + 1) };
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
