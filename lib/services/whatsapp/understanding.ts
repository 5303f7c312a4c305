import { texts } from "../../domain/dialogue_texts.ts";
import type { Tool } from "../../domain/tool.ts";
import type { Inbox, Phone } from "../../store/phone_records.ts";

/** What a message comes to for a tool, or what is said in place of an answer. */
export type Understood =
  | { kind: "text"; text: string }
  /** It cannot be used; `answer` says so kindly. */
  | { kind: "refused"; answer: string };

/** A message that came, with who sent it and the tool that it is for. */
export interface Incoming {
  number: string;
  phone: Phone;
  message: Inbox;
  tool: Tool | null;
}

/**
 * Makes of what somebody sent what a tool can be asked. Called before a turn
 * begins, and again when the process died before that: what it pays for it
 * books under a name made of the message's SID.
 */
export type Understand = (incoming: Incoming) => Promise<Understood>;

/** Text only: everything else is politely refused. */
export const understandText: Understand = ({ phone, message: { text, media } }) => {
  const words = text.trim();
  if (media.length > 0 || words === "") {
    return Promise.resolve({ kind: "refused", answer: texts(phone.language).mediaRefused });
  }
  return Promise.resolve({ kind: "text", text: words });
};
