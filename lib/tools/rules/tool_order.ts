/** What decides in which part of the list a tool stands. */
interface Listed {
  active: boolean;
  group: string;
}

/** Whether two names are those of one group. */
export function isSameGroup(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * Place of the next tool in the same part of the list as the one at `from`, or `from` at its end.
 * Tools that people see stand by group, the others together.
 */
export function nextAlike(tools: readonly Listed[], from: number, step: -1 | 1): number {
  const moving = tools[from];
  for (let at = from + step; at >= 0 && at < tools.length; at += step) {
    const { active, group } = tools[at] ?? {};
    if (active !== moving?.active) continue;
    if (!active || isSameGroup(group ?? "", moving?.group ?? "")) return at;
  }
  return from;
}

/** Place behind the last tool of a group that people see, for a tool that comes from elsewhere. */
export function endOfGroup(tools: readonly Listed[], from: number, group: string): number {
  const last = tools.findLastIndex((tool, at) =>
    at !== from && tool.active && isSameGroup(tool.group, group)
  );
  return last === -1 ? from : last < from ? last + 1 : last;
}
