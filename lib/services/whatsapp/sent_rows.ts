import { deliveryError } from "../../domain/delivery_errors.ts";
import { oneLine } from "../../domain/one_line.ts";
import type { Outbox } from "../../store/phone_records.ts";
import type { OutgoingMessage } from "../../whatsapp/messenger.ts";

/** What a template's first placeholder takes. */
const TEMPLATE_UNITS = 500;

/** A message that Twilio took. A code that went out is kept no longer. */
export function taken(row: Outbox, sid: string): Outbox {
  const body = row.kind === "code" ? "" : row.body;
  return { ...row, body, state: "taken", sid, status: "accepted", code: null };
}

export function messageOf(number: string, row: Outbox, template: string | null): OutgoingMessage {
  if (template === null) return { kind: "text", to: number, body: row.body };
  const variables = { "1": oneLine(row.body, TEMPLATE_UNITS) };
  return { kind: "template", to: number, contentSid: template, variables };
}

/** What a message that did not arrive says to the admin; null when there is nothing to say. */
export function meaningOf(row: Outbox): { meaning: string; action: string } | null {
  switch (row.why) {
    case "optedOut":
      return { meaning: "The person sent STOP.", action: "Only the person can undo that." };
    case "blocked":
      return { meaning: "This person is blocked.", action: "Unblock to write again." };
    case "follows":
      return {
        meaning: "The part before it was not sent.",
        action: "See what happened to that one.",
      };
    case "overBudget":
      return { meaning: "The day's budget is used up.", action: "It opens with the new day." };
    case "window":
      return deliveryError(63016);
    default:
      return row.code === null ? null : deliveryError(row.code);
  }
}
