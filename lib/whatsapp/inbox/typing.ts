import type { StartedTurn } from "../../chat/chat.ts";
import { EventBell } from "../../platform/bell.ts";
import type { Clock } from "../../platform/clock.ts";
import { conversationSubject } from "../../platform/event_bus.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { Messengers } from "../outbox/messengers.ts";
import { visitorOf } from "../people.ts";
import type { QueuedQuestion } from "./question.ts";

/** Lets a person see that an answer is being written; `sid` is the message that it answers. */
export type Typing = (number: string, sid: string) => void;

/** When more than these begin in a second, Twilio's time is better spent on the answers. */
const MOST_A_SECOND = 40;
/** Typing is shown for 25 s. */
const TYPING_MS = 20_000;
/** How often it is looked whether a turn is settled that does not run here, or cannot be settled yet. */
const ELSEWHERE_MS = 400;

/** Shows typing for as many as there is room for; what comes of it is of no consequence. */
export function showTyping(messengers: Messengers, clock: Clock): Typing {
  let second = 0, shown = 0;
  return (number, sid) => {
    const now = Math.floor(clock() / 1000);
    if (now !== second) [second, shown] = [now, 0];
    if (shown++ < MOST_A_SECOND) void messengers.to(number)?.typing(sid);
  };
}

/** Shows typing until a turn is settled, here or by whoever finds it, or nobody is to wait any more. */
export async function typingUntilSettled(
  { store, bus }: Pick<WhatsAppDeps, "store" | "bus">,
  typing: Typing,
  turn: { question: QueuedQuestion; begun: StartedTurn; stopped: () => boolean },
): Promise<void> {
  const { question: { number, phone, tool, messages }, begun: { live }, stopped } = turn;
  const subject = conversationSubject({ visitor: visitorOf(phone), tool: tool.id });
  using settled = new EventBell(bus, "TurnSettled", subject);
  const latest = messages.at(-1)?.sid ?? "";
  let shownAt = -Infinity;
  while (!stopped()) {
    if (performance.now() - shownAt > TYPING_MS) {
      typing(number, latest);
      shownAt = performance.now();
    }
    if (live && live.closing.length === 0) await live.ended(TYPING_MS);
    const now = await store.phones.get(number);
    if (now === null || now.answered !== phone.answered || now.tries !== phone.tries) return;
    await settled.wait(ELSEWHERE_MS);
  }
}
