/** The branch in which a conversation begins. */
export const ROOT = 0;

/**
 * The shown branches of a conversation, each with its first number, ascending. Messages
 * before the first entry are in the root; without alternatives it is empty.
 */
export type BranchPath = readonly (readonly [branch: number, from: number])[];

/** Numbers of a path that lie in one branch, `until` excluded. */
export interface PathSpan {
  branch: number;
  from: number;
  until: number;
}

/** The rest of a path from a number on: the branch there, and the entries after it. */
export interface Tail {
  branch: number;
  path: BranchPath;
}

/** The branch that holds the message with a number. */
export function branchAt(path: BranchPath, number: number): number {
  return path.findLast(([, from]) => from <= number)?.[0] ?? ROOT;
}

/** The branches that hold the numbers from `from` to `until` (excluded), in order. */
export function pathSpans(path: BranchPath, from: number, until: number): PathSpan[] {
  const starts: BranchPath = [[ROOT, 0], ...path];
  return starts.flatMap(([branch, start], i) => {
    const span = {
      branch,
      from: Math.max(from, start),
      until: Math.min(until, starts[i + 1]?.[1] ?? until),
    };
    return span.from < span.until ? [span] : [];
  });
}

export function tailAt(path: BranchPath, number: number): Tail {
  return { branch: branchAt(path, number), path: path.filter(([, from]) => from > number) };
}

/** The path that equals another up to a number, and continues with a tail there. */
export function withTail(path: BranchPath, number: number, tail: Tail): BranchPath {
  const before = path.filter(([, from]) => from < number);
  const goesOn = (before.at(-1)?.[0] ?? ROOT) === tail.branch;
  const joint: BranchPath = goesOn ? [] : [[tail.branch, number]];
  return [...before, ...joint, ...tail.path];
}

/** The branch of the message before a number: alternatives at that number follow it. */
export function forkAt(path: BranchPath, number: number): number {
  return number === 0 ? ROOT : branchAt(path, number - 1);
}
