import type { ProviderError } from "../provider.ts";

/** Counted outcomes that are remembered, and how many failures of them open a breaker. */
export const WINDOW = 10;
export const MOST_FAILURES = 5;
/** Failures in a row that open it. */
export const MOST_IN_A_ROW = 3;
/** Shortest and longest pause of an open breaker, in ms, before jitter. */
export const SHORTEST_PAUSE_MS = 15_000;
export const LONGEST_PAUSE_MS = 300_000;
/** Part of a pause by which jitter changes it at most, in both directions. */
export const JITTER = 0.2;
/** A rate limit that ends within this time is no fault: the account is busy, not down. */
export const SHORT_RETRY_MS = 10_000;
/** Time after which a trial call without an outcome no longer keeps others waiting. */
export const LONGEST_TRIAL_MS = 360_000;

/** State of the breaker of one provider's model. Every change of `phase` has a new `epoch`. */
export type BreakerState =
  & { readonly epoch: number; readonly openings: number }
  & (
    | {
      readonly phase: "closed";
      /** Latest outcomes, newest last; true for a failure. */
      readonly recent: readonly boolean[];
    }
    | {
      readonly phase: "open";
      readonly since: number;
      /** When the next call may try; null when a person must act first. */
      readonly until: number | null;
    }
    | {
      /** One trial call is under way. */
      readonly phase: "half_open";
      readonly since: number;
      readonly trialUntil: number;
    }
  );

export const CLOSED: BreakerState = { phase: "closed", epoch: 0, openings: 0, recent: [] };

/** A call that was let through, or forced; its outcome counts in its own epoch only. */
export interface BreakerPass {
  readonly epoch: number;
  readonly trial: boolean;
}

/** How a failed call counts: `ours` in no way, `theirs` as a failure, `closed` until a person acts. */
export type Blame = "ours" | "theirs" | "closed";

/** Classifies a failed call. */
export function blameOf({ fault, details }: Pick<ProviderError, "fault" | "details">): Blame {
  const { status, generated = false, retryAfterMs } = details;
  if (fault === "account_empty" || status === 401) return "closed";
  if (fault === "down" || fault === "broken") return "theirs";
  // A stall within a reply may be a long thought; before it, nobody answers.
  if (fault === "timeout") return generated ? "ours" : "theirs";
  if (fault !== "busy") return "ours";
  return retryAfterMs !== undefined && retryAfterMs <= SHORT_RETRY_MS ? "ours" : "theirs";
}

/** Whether a call would be let through now. */
export function admits(state: BreakerState, now: number): boolean {
  if (state.phase === "closed") return true;
  if (state.phase === "half_open") return now >= state.trialUntil;
  return state.until !== null && now >= state.until;
}

/** Lets a call through; the first one after a pause is the trial. Null when it must wait. */
export function admitCall(
  state: BreakerState,
  now: number,
): { state: BreakerState; pass: BreakerPass } | null {
  if (!admits(state, now)) return null;
  if (state.phase === "closed") return { state, pass: { epoch: state.epoch, trial: false } };
  const { openings, since } = state;
  const epoch = state.epoch + 1;
  return {
    state: { phase: "half_open", epoch, openings, since, trialUntil: now + LONGEST_TRIAL_MS },
    pass: { epoch, trial: true },
  };
}

/** A pass for a call that is made whatever the state: nobody else is left to ask. */
export function forcedPass({ epoch }: BreakerState): BreakerPass {
  return { epoch, trial: false };
}

/** The state after a call's first sign of a reply. */
export function answered(state: BreakerState, { epoch }: BreakerPass): BreakerState {
  if (epoch !== state.epoch) return state;
  if (state.phase !== "closed") return { ...CLOSED, epoch: state.epoch + 1 };
  return { ...state, recent: withOutcome(state.recent, false) };
}

/** The state after a failure of the provider's; `random` is from 0 to below 1. */
export function failed(
  state: BreakerState,
  { epoch, trial }: BreakerPass,
  { now, random, waitMs = 0 }: { now: number; random: number; waitMs?: number },
): BreakerState {
  if (epoch !== state.epoch) return state;
  if (state.phase === "closed") {
    const recent = withOutcome(state.recent, true);
    return opens(recent) ? opened(state, now, pauseMs(0, random, waitMs)) : { ...state, recent };
  }
  if (state.phase === "open" || !trial) return state;
  return opened(state, now, pauseMs(state.openings, random, waitMs));
}

/** The state after a refusal that only a person can end, such as of a key. */
export function shut(state: BreakerState, { epoch }: BreakerPass, now: number): BreakerState {
  if (epoch !== state.epoch || (state.phase === "open" && state.until === null)) return state;
  const since = state.phase === "closed" ? now : state.since;
  return { phase: "open", epoch: state.epoch + 1, openings: 0, since, until: null };
}

/** The state after a call without a verdict, e.g. one that its person stopped. */
export function abandoned(state: BreakerState, pass: BreakerPass, now: number): BreakerState {
  if (pass.epoch !== state.epoch || !pass.trial || state.phase !== "half_open") return state;
  const { openings, since } = state;
  // The next call is the trial.
  return { phase: "open", epoch: state.epoch + 1, openings, since, until: now };
}

/** The open state that another process told; pauses are never longer than {@link LONGEST_PAUSE_MS}. */
export function toldOpen(
  state: BreakerState,
  { until, openings }: { until: number; openings: number },
  now: number,
): BreakerState {
  if (until <= now || state.phase !== "closed") return state;
  return {
    phase: "open",
    epoch: state.epoch + 1,
    openings,
    since: now,
    until: Math.min(until, now + LONGEST_PAUSE_MS),
  };
}

/** The closed state, e.g. after a successful test. */
export function reset({ epoch }: BreakerState): BreakerState {
  return { ...CLOSED, epoch: epoch + 1 };
}

/** Orders open breakers by their opening: those that wait for a person come last. */
export function opensAt(state: BreakerState): number {
  if (state.phase === "closed") return -Infinity;
  if (state.phase === "half_open") return state.trialUntil;
  return state.until ?? Infinity;
}

function opened(state: BreakerState, now: number, pause: number): BreakerState {
  const since = state.phase === "closed" ? now : state.since;
  const epoch = state.epoch + 1;
  return { phase: "open", epoch, openings: state.openings + 1, since, until: now + pause };
}

/** Pause after so many openings in a row, at least the wait that the provider asked for. */
function pauseMs(openings: number, random: number, waitMs: number): number {
  const doubled = SHORTEST_PAUSE_MS * 2 ** Math.min(openings, 10);
  const pause = Math.min(doubled, LONGEST_PAUSE_MS) * (1 + JITTER * (2 * random - 1));
  return Math.min(LONGEST_PAUSE_MS, Math.round(Math.max(pause, waitMs)));
}

function opens(recent: readonly boolean[]): boolean {
  const inARow = recent.slice(-MOST_IN_A_ROW);
  return recent.filter((each) => each).length >= MOST_FAILURES ||
    (inARow.length === MOST_IN_A_ROW && inARow.every((each) => each));
}

function withOutcome(recent: readonly boolean[], outcome: boolean): boolean[] {
  return [...recent, outcome].slice(-WINDOW);
}
