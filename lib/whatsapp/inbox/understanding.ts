import type { HeldBytes } from "../../platform/byte_room.ts";
import { isSimulatedPhone } from "../../people/rules/phone.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { Inbox, Phone } from "../records.ts";
import type { MediaReader, Understood } from "./media.ts";
import type { Messengers } from "../outbox/messengers.ts";
import { visitorOf } from "../people.ts";

/** An inbound message with its sender and tool. */
interface Incoming {
  number: string;
  phone: Phone;
  message: Inbox;
  tool: Tool;
  /** Whether the process is shutting down. */
  stopped: () => boolean;
  /** Memory taken for its voice messages. */
  held: HeldBytes;
}

/**
 * Converts a message to a question for a tool. Called again when the process died before the
 * turn began: results that cost money are kept under the message's SID and paid once.
 * @throws {AppError} as a turn does, without a budget
 */
export type Understand = (incoming: Incoming) => Promise<Understood>;

/** Time to finish after shutdown begins, before the call is aborted. */
const GRACE_MS = 3_000;
const POLL_MS = 250;

/** Understands text, pictures and voice; attachments are fetched by the phone's messenger. */
export function understandMedia(reader: MediaReader, messengers: Messengers): Understand {
  return async ({ number, phone, message, tool, stopped, held }) => {
    const messenger = messengers.to(number);
    const shutdown = new AbortController();
    let left = GRACE_MS;
    const timer = setInterval(() => {
      if (stopped() && (left -= POLL_MS) <= 0) shutdown.abort();
    }, POLL_MS);
    try {
      const { language } = phone;
      const forSimulator = isSimulatedPhone(number);
      const visitor = visitorOf(phone);
      const { signal } = shutdown;
      const context = { tool, language, visitor, forSimulator, messenger, signal, held };
      return await reader.understand(message, context);
    } finally {
      clearInterval(timer);
    }
  };
}
