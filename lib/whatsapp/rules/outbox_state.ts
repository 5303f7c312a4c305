import type { Outbox } from "../records.ts";

type State = Outbox["state"];
type Why = NonNullable<Outbox["why"]>;

/** Where a message may go from each state; `taken`, `refused` and `dropped` are its ends. */
export const OUTBOX_STATES: Readonly<Record<State, readonly State[]>> = {
  waiting: ["trying", "refused", "dropped"],
  trying: ["taken", "waiting", "unknown", "refused"],
  unknown: ["taken", "waiting", "unknown", "dropped"],
  taken: [],
  refused: [],
  dropped: [],
};

/** It is about to be sent: committed before the provider is asked. */
export function beginAttempt(
  row: Outbox,
  { to, template, now }: { to: string; template: boolean; now: number },
): Outbox {
  return { ...row, to, state: "trying", template, tries: row.tries + 1, attemptAt: now };
}

/** The provider was not asked after all. */
export function undoAttempt(row: Outbox): Outbox {
  return { ...row, state: "waiting" };
}

/** The provider took it. A code that went out is kept no longer. */
export function accept(row: Outbox, sid: string): Outbox {
  const body = row.kind === "code" ? "" : row.body;
  return { ...row, body, state: "taken", sid, status: "accepted", code: null };
}

/** Nobody knows whether it was sent; looked for at the provider from `lookAt` on. */
export function doubt(row: Outbox, lookAt: number): Outbox {
  return { ...row, state: "unknown", notBefore: lookAt };
}

/** Refused for a reason that may pass; given up after `mostTries` tries. */
export function retryLater(
  row: Outbox,
  { code, notBefore, mostTries }: { code: number | null; notBefore: number; mostTries: number },
): Outbox {
  return row.tries >= mostTries
    ? { ...row, state: "refused", code, why: "gaveUp" }
    : { ...row, state: "waiting", code, notBefore };
}

/** Refused for a reason that is not the message's own: the try does not count. */
export function retryUncounted(row: Outbox, code: number | null): Outbox {
  return { ...row, state: "waiting", code, tries: Math.max(0, row.tries - 1) };
}

/** Refused, but not as a template, as which it is tried next. */
export function retryAsTemplate(row: Outbox, code: number | null): Outbox {
  return { ...row, state: "waiting", code };
}

/** The provider will never take it. */
export function refuse(row: Outbox, code: number | null): Outbox {
  return { ...row, state: "refused", code };
}

/** Not sent: outside of the window it counts as refused, for any other reason as dropped. */
export function withhold(row: Outbox, why: Why): Outbox {
  return { ...row, state: why === "window" ? "refused" : "dropped", why };
}

/** The provider does not have it: sent again, or left in doubt. */
export function concludeAbsent(row: Outbox, absences: number, again: boolean): Outbox {
  return { ...row, absences, state: again ? "waiting" : "unknown" };
}

/** Still in doubt; looked for again from `lookAt` on. */
export function lookAgain(row: Outbox, absences: number, lookAt: number): Outbox {
  return { ...row, absences, notBefore: lookAt };
}
