import type { Mark } from "../../../lib/locales/admin/experiments/verdicts.ts";

/** A condition in two or three words. */
export function Chip({ mark: { text, kind } }: { mark: Mark }) {
  return <span class={`chip ${kind}`.trim()}>{text}</span>;
}
