import type { Clock } from "../../platform/clock.ts";
import type { Messengers } from "../outbox/messengers.ts";

/** Shows the typing indicator; `sid` is the message being answered. */
export type Typing = (number: string, sid: string) => void;

/** Twilio's rate is shared with the answers. */
const MAX_PER_SECOND = 40;

/** Typing indicator with a limit per second; failures are ignored. */
export function showTyping(messengers: Messengers, clock: Clock): Typing {
  let second = 0, shown = 0;
  return (number, sid) => {
    const now = Math.floor(clock() / 1000);
    if (now !== second) [second, shown] = [now, 0];
    if (shown++ < MAX_PER_SECOND) void messengers.to(number)?.typing(sid);
  };
}
