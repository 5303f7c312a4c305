import { computed, signal } from "@preact/signals";
import { unflatten } from "devalue";

/** Reads props that are more than JSON: signals, dates, cycles. Loaded only by pages that have such. */
export function readProps(flat: unknown[]): Record<string, unknown>[] {
  return unflatten(flat, {
    Signal: ([value]: [unknown]) => signal(value),
    Computed: ([value]: [unknown]) => computed(() => value),
  });
}
