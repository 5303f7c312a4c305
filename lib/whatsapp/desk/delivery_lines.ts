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
  voiceNoteOf,
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

/** The message's kind in a word or two. */
export function kindOf({ kind, by, template }: Outbox): string {
  return `${KINDS[kind]}${by === null ? "" : `, ${by}`}${template ? `, ${AS_TEMPLATE}` : ""}`;
}

/** The message's text; of a voice note its length. */
export function shownBody({ body, voice }: Outbox): string {
  return voice === undefined ? body : voiceNoteOf(voice.seconds);
}

/** Whether a message was not delivered, or may not have been, although it was due. */
export function isFaulty(message: Outbox): boolean {
  return message.state === "unknown" || notReached(message) || isRepeated(message);
}

/** Whether a message was not delivered and waits to be sent again. */
export function isRepeated({ repeat, status, why }: Outbox): boolean {
  return repeat?.as === null && why === null && status !== null && hasFailed(status);
}

/** Whether a message that was due is known not to have been delivered. */
export function notReached(message: Outbox): boolean {
  const { state, status, why, repeat } = message;
  // Of a repeated message, the later copy is reported.
  if (isRepeated(message) || typeof repeat?.as === "number") return false;
  // A message dropped by an admin has no `why`.
  if (state === "dropped") return why !== null && why !== "optedOut" && why !== "blocked";
  return state === "refused" || (state === "taken" && status !== null && hasFailed(status));
}

/** The delivery state in a word or two, with its severity. */
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

/** The fault of a message and the remedy; null when there is none. */
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

/** The remedy for a temporary fault when the message is not sent again. */
function actionNow(message: Outbox): Partial<DeliveryFault> {
  const { state, code, why, repeat, sentBefore = 0 } = message;
  if (!mayPassLater(code) || state === "waiting" || state === "trying") return {};
  if (isRepeated(message)) return {};
  if (typeof repeat?.as === "number") return { action: WAS_SENT_AGAIN };
  if (why !== null) return { action: NOT_SENT[why].action };
  if (message.kind === "code") return { action: ASK_AGAIN };
  return { action: notSentAgain(sentBefore + 1) };
}

/** The meaning of an error code. */
export function errorOf(code: number): DeliveryFault {
  const { meaning, action } = deliveryError(code);
  return { code, meaning, action };
}

/** The tick of a message on a phone's screen. */
export function tickOf(message: Outbox): NonNullable<SimulatedLine["tick"]> {
  const { state, status } = message;
  if (state === "waiting" || state === "trying") return "waiting";
  if (state === "unknown") return "unknown";
  if (state !== "taken" || (status !== null && hasFailed(status))) return "failed";
  return status === "read" || status === "delivered" ? status : "sent";
}
