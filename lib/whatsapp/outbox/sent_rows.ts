import { truncateLine } from "../../shared/one_line.ts";
import type { Outbox } from "../records.ts";
import type { OutgoingMessage } from "../messenger.ts";

/** What a template's first placeholder takes. */
const TEMPLATE_UNITS = 500;

/** A message that Twilio took. A code that went out is kept no longer. */
export function acceptedRow(row: Outbox, sid: string): Outbox {
  const body = row.kind === "code" ? "" : row.body;
  return { ...row, body, state: "taken", sid, status: "accepted", code: null };
}

export function outgoingMessage(
  to: string,
  body: string,
  template: string | null,
): OutgoingMessage {
  if (template === null) return { kind: "text", to, body };
  const variables = { "1": truncateLine(body, TEMPLATE_UNITS) };
  return { kind: "template", to, contentSid: template, variables };
}
