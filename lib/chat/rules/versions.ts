import type { Versions } from "../../shared/chat_events.ts";

/** The place of the shown version among all of a message, oldest first; undefined for the only one. */
export function versionsOf(hidden: readonly number[], shown: number): Versions | undefined {
  if (hidden.length === 0) return undefined;
  const ids = [...hidden, shown].sort((a, b) => a - b);
  const at = ids.indexOf(shown);
  return {
    at: at + 1,
    of: ids.length,
    before: ids[at - 1] ?? null,
    after: ids[at + 1] ?? null,
  };
}
