/**
 * Place of the next tool that is shown to people like the one at `from`, or `from` at the end.
 * The list shows the others in a part of its own.
 */
export function nextAlike(
  tools: readonly { active: boolean }[],
  from: number,
  step: -1 | 1,
): number {
  for (let at = from + step; at >= 0 && at < tools.length; at += step) {
    if (tools[at]?.active === tools[from]?.active) return at;
  }
  return from;
}
