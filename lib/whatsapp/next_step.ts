/** What follows a step of a phone's work. */
export type NextStep =
  /** Something was done: the next step at once. */
  | { readonly kind: "again" }
  /** The next step in `ms` milliseconds, or when the phone is woken. */
  | { readonly kind: "wait"; readonly ms: number }
  /** Nothing is to be done until the phone is woken. */
  | { readonly kind: "rest" };

export const AGAIN: NextStep = { kind: "again" };
export const REST: NextStep = { kind: "rest" };

export function waitFor(ms: number): NextStep {
  return { kind: "wait", ms };
}

/** Whichever of two comes first. */
export function sooner(one: NextStep, other: NextStep): NextStep {
  return delayOf(one) <= delayOf(other) ? one : other;
}

/** Milliseconds until the next step; Infinity for none. */
export function delayOf(step: NextStep): number {
  switch (step.kind) {
    case "again":
      return 0;
    case "wait":
      return step.ms;
    case "rest":
      return Infinity;
  }
}
