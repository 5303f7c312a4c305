import type { Outbox } from "../records.ts";

type State = Outbox["state"];
type Why = NonNullable<Outbox["why"]>;

/** Time that Twilio may take to fetch a voice note. */
const FETCH_MS = 5 * 60_000;

/** Whether a voice note's address ends before it would be fetched. */
export function hasLapsed({ voice }: Pick<Outbox, "voice">, now: number): boolean {
  return voice !== undefined && voice.until - now < FETCH_MS;
}

/** Allowed transitions; `taken`, `refused` and `dropped` are final. */
export const OUTBOX_STATES: Readonly<Record<State, readonly State[]>> = {
  waiting: ["trying", "refused", "dropped"],
  trying: ["taken", "waiting", "unknown", "refused"],
  unknown: ["taken", "waiting", "unknown", "dropped"],
  taken: [],
  refused: [],
  dropped: [],
};

/** Begins an attempt, with lookups of its own; committed before the request. */
export function beginAttempt(
  row: Outbox,
  { to, template, now }: { to: string; template: boolean; now: number },
): Outbox {
  const tries = row.tries + 1;
  return { ...row, to, state: "trying", template, tries, absences: 0, attemptAt: now };
}

/** The request was not made: the attempt does not count. */
export function undoAttempt(row: Outbox): Outbox {
  return { ...row, state: "waiting", tries: Math.max(0, row.tries - 1) };
}

/** The provider accepted it. The text of a `code` is deleted. */
export function accept(row: Outbox, sid: string): Outbox {
  const body = row.kind === "code" ? "" : row.body;
  return { ...row, body, state: "taken", sid, status: "accepted", code: null };
}

/** Delivery unknown; to be looked up from `lookAt` on. */
export function doubt(row: Outbox, lookAt: number): Outbox {
  return { ...row, state: "unknown", notBefore: lookAt };
}

/** Refused for a passing reason; final after `mostTries` attempts. */
export function retryLater(
  row: Outbox,
  { code, notBefore, mostTries }: { code: number | null; notBefore: number; mostTries: number },
): Outbox {
  return row.tries >= mostTries
    ? { ...row, state: "refused", code, why: "gaveUp" }
    : { ...row, state: "waiting", code, notBefore };
}

/** Refused for a reason unrelated to the message: the attempt does not count. */
export function retryUncounted(row: Outbox, code: number | null): Outbox {
  return { ...row, state: "waiting", code, tries: Math.max(0, row.tries - 1) };
}

/** Refused as free text; the next attempt is a template. */
export function retryAsTemplate(row: Outbox, code: number | null): Outbox {
  return { ...row, state: "waiting", code };
}

/** Refused for good. */
export function refuse(row: Outbox, code: number | null): Outbox {
  return { ...row, state: "refused", code };
}

/** Not sent: `refused` outside the window, `dropped` for any other reason. */
export function withhold(row: Outbox, why: Why): Outbox {
  return { ...row, state: why === "window" ? "refused" : "dropped", why };
}

/** Absent at the provider: sent again, or left `unknown`. */
export function concludeAbsent(row: Outbox, absences: number, again: boolean): Outbox {
  return { ...row, absences, state: again ? "waiting" : "unknown" };
}

/** Still unknown; to be looked up again from `lookAt` on. */
export function lookAgain(row: Outbox, absences: number, lookAt: number): Outbox {
  return { ...row, absences, notBefore: lookAt };
}
