import { computed, signal } from "@preact/signals";
import { unflatten } from "devalue";

/** Decodes props beyond JSON: signals, dates, cycles. Loaded only by pages that need it. */
export function readProps(flat: unknown[]): Record<string, unknown>[] {
  return unflatten(flat, {
    Signal: ([value]: [unknown]) => signal(value),
    Computed: ([value]: [unknown]) => computed(() => value),
  });
}
