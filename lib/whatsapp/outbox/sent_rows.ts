import { truncateLine } from "../../shared/truncate_line.ts";
import type { OutgoingMessage } from "../messenger.ts";

/** What a template's first placeholder takes. */
const TEMPLATE_UNITS = 500;

export function outgoingMessage(
  to: string,
  body: string,
  template: string | null,
): OutgoingMessage {
  if (template === null) return { kind: "text", to, body };
  const variables = { "1": truncateLine(body, TEMPLATE_UNITS) };
  return { kind: "template", to, contentSid: template, variables };
}
