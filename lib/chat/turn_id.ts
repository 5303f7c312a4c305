import { randomBytes } from "node:crypto";
import { timePrefix } from "../shared/time_prefix.ts";

/** A new turn id; ids sort by time, so that a ledger reads in order. */
export function newTurnId(now: number): string {
  return timePrefix(now) + randomBytes(9).toString("base64url");
}

/** Whether an id is a turn's, not that of a message outside of turns. */
export function isTurnId(id: string): boolean {
  return /^[0-9a-z]{9}[\w-]{12}$/.test(id);
}
