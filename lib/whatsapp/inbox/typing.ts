import type { Clock } from "../../platform/clock.ts";
import type { Messengers } from "../outbox/messengers.ts";

/** Lets a person see that an answer is being written; `sid` is the message that it answers. */
export type Typing = (number: string, sid: string) => void;

/** When more than these begin in a second, Twilio's time is better spent on the answers. */
const MOST_A_SECOND = 40;

/** Shows typing for as many as there is room for; what comes of it is of no consequence. */
export function showTyping(messengers: Messengers, clock: Clock): Typing {
  let second = 0, shown = 0;
  return (number, sid) => {
    const now = Math.floor(clock() / 1000);
    if (now !== second) [second, shown] = [now, 0];
    if (shown++ < MOST_A_SECOND) void messengers.to(number)?.typing(sid);
  };
}
