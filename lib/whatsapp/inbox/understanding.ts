import { isSimulatedPhone } from "../../people/rules/phone.ts";
import type { PromptImage } from "../../llm/rules/prompt.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { Inbox, Phone } from "../records.ts";
import type { MediaReader } from "./media.ts";
import type { Messengers } from "../outbox/messengers.ts";
import { visitorOf } from "../people.ts";

/** What a message comes to for a tool, or what is said in place of an answer. */
export type Understood =
  /** To be asked; `notes` are sent before the answer: what was heard, what was left out. */
  | { kind: "ask"; text: string; images: readonly PromptImage[]; notes: readonly string[] }
  /** It cannot be used; `answer` says so kindly. */
  | { kind: "refused"; answer: string };

/** A message that came, with who sent it and the tool that it is for. */
export interface Incoming {
  number: string;
  phone: Phone;
  message: Inbox;
  tool: Tool;
  /** Whether nobody is to wait for it any more. */
  stopped: () => boolean;
}

/**
 * Makes of what somebody sent what a tool can be asked. Called before a turn
 * begins, and again when the process died before that: what it pays for it
 * keeps under the message's SID, so that it pays once.
 * @throws {AppError} as a turn does, where there is no budget for it.
 */
export type Understand = (incoming: Incoming) => Promise<Understood>;

/** What is under way when the process ends gets so long to be ready, and is given up then. */
const GRACE_MS = 3_000;
const LOOK_MS = 250;

/** Understands text, pictures and voice, fetched as the phone is reached. */
export function understandMedia(reader: MediaReader, messengers: Messengers): Understand {
  return async ({ number, phone, message, tool, stopped }) => {
    const messenger = messengers.to(number);
    const leaving = new AbortController();
    let left = GRACE_MS;
    const timer = setInterval(() => {
      if (stopped() && (left -= LOOK_MS) <= 0) leaving.abort();
    }, LOOK_MS);
    try {
      const { language } = phone;
      const forSimulator = isSimulatedPhone(number);
      const visitor = visitorOf(phone);
      const { signal } = leaving;
      const hearer = { tool, language, visitor, forSimulator, messenger, signal };
      return await reader.understand(message, hearer);
    } finally {
      clearInterval(timer);
    }
  };
}
