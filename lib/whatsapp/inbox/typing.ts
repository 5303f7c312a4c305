import type { StartedTurn } from "../../chat/chat.ts";
import { SubjectEvent } from "../../platform/auto_reset_event.ts";
import type { Clock } from "../../platform/clock.ts";
import { conversationSubject } from "../../platform/event_bus.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { Messengers } from "../outbox/messengers.ts";
import { visitorOf } from "../people.ts";
import type { QueuedQuestion } from "./question.ts";

/** Shows the typing indicator; `sid` is the message being answered. */
export type Typing = (number: string, sid: string) => void;

/** Twilio's rate is shared with the answers. */
const MAX_PER_SECOND = 40;
/** Twilio shows the typing indicator for 25 s. */
const TYPING_REFRESH_MS = 20_000;
/** Polling interval for turns that another process settles, or that cannot be settled yet. */
const POLL_MS = 400;

/** Typing indicator with a limit per second; failures are ignored. */
export function showTyping(messengers: Messengers, clock: Clock): Typing {
  let second = 0, shown = 0;
  return (number, sid) => {
    const now = Math.floor(clock() / 1000);
    if (now !== second) [second, shown] = [now, 0];
    if (shown++ < MAX_PER_SECOND) void messengers.to(number)?.typing(sid);
  };
}

/** Shows the typing indicator until the turn is settled by any process, or until shutdown. */
export async function typingUntilSettled(
  { store, bus }: Pick<WhatsAppDeps, "store" | "bus">,
  typing: Typing,
  turn: { question: QueuedQuestion; begun: StartedTurn; stopped: () => boolean },
): Promise<void> {
  const { question: { number, phone, tool, messages }, begun: { live }, stopped } = turn;
  const subject = conversationSubject({ visitor: visitorOf(phone), tool: tool.id });
  using settled = new SubjectEvent(bus, "TurnSettled", subject);
  const latest = messages.at(-1)?.sid ?? "";
  let shownAt = -Infinity;
  while (!stopped()) {
    if (performance.now() - shownAt > TYPING_REFRESH_MS) {
      typing(number, latest);
      shownAt = performance.now();
    }
    if (live && live.closing.length === 0) await live.ended(TYPING_REFRESH_MS);
    const now = await store.phones.get(number);
    if (now === null || now.answered !== phone.answered || now.tries !== phone.tries) return;
    await settled.wait(POLL_MS);
  }
}
