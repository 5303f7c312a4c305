/** When the next step of a phone's work is due. */
export type NextStep =
  /** At once. */
  | { readonly kind: "again" }
  /** After `ms` milliseconds, or when the phone is woken. */
  | { readonly kind: "wait"; readonly ms: number }
  /** When the phone is woken. */
  | { readonly kind: "rest" };

export const AGAIN: NextStep = { kind: "again" };
export const REST: NextStep = { kind: "rest" };

export function waitFor(ms: number): NextStep {
  return { kind: "wait", ms };
}

/** The earlier of two steps. */
export function sooner(one: NextStep, other: NextStep): NextStep {
  return delayOf(one) <= delayOf(other) ? one : other;
}

/** Milliseconds until the step; Infinity for `rest`. */
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
