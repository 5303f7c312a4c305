import type { NanoUsd } from "../../shared/money.ts";
import type { Purse, Sharing } from "./budget.ts";

/** What one person, or one address, has spent and may still spend of a budget. */
export interface Used {
  spent: NanoUsd;
  held: NanoUsd;
}

/** What a person or an address has used of a day: of each tool's budget, and of all. */
export interface ShareDay {
  /** Day of the first turn ever. */
  since: string;
  day: string;
  all: Used;
  tools: Record<string, Used>;
}

/** The ceilings of which a share is taken; null for none. */
export interface SharedCeilings {
  tool: NanoUsd | null;
  organisation: NanoUsd | null;
}

const NOTHING: Used = { spent: 0n, held: 0n };

/** The record as it stands on `day`: a new day begins with nothing used. */
export function shareOn(kept: ShareDay | null, day: string): ShareDay {
  if (kept?.day === day) return kept;
  return { since: kept?.since ?? day, day, all: NOTHING, tools: {} };
}

/** Whether a person has come on an earlier day. */
export function cameBefore(share: ShareDay): boolean {
  return share.since < share.day;
}

/**
 * What bounds a person's or an address's next call: `percent` of the tool's and of the
 * organisation's ceiling. A share of which nothing is used bounds nothing, so that one reply is
 * always possible, however small the share.
 */
export function sharePurses(
  share: ShareDay,
  tool: string,
  ceilings: SharedCeilings,
  percent: number,
  whose: Sharing,
): Purse[] {
  const parts = [
    [ceilings.tool, share.tools[tool] ?? NOTHING],
    [ceilings.organisation, share.all],
  ] as const;
  return parts.flatMap(([ceiling, { spent, held }]) =>
    ceiling === null || spent + held === 0n
      ? []
      : [{ ceiling: ceiling * BigInt(percent) / 100n, spent, held, whose }]
  );
}

/**
 * The record with so much more spent and held; `held` may be negative. No more is given back than
 * is held: the record may have been begun anew since the hold was taken.
 */
export function addToShare(share: ShareDay, tool: string, more: Used): ShareDay {
  const add = ({ spent, held }: Used): Used => ({
    spent: spent + more.spent,
    held: held + more.held > 0n ? held + more.held : 0n,
  });
  return {
    ...share,
    all: add(share.all),
    tools: { ...share.tools, [tool]: add(share.tools[tool] ?? NOTHING) },
  };
}

/**
 * The record with at least as much spent as another one's, of whoever turns out to be the same
 * person: said twice it changes nothing. What is held there may yet be spent, and counts.
 */
export function atLeast(share: ShareDay, other: ShareDay): ShareDay {
  if (other.day !== share.day) return share;
  const most = ({ spent, held }: Used, theirs: Used): Used => {
    const used = theirs.spent + theirs.held;
    return { spent: used > spent ? used : spent, held };
  };
  const tools = { ...share.tools };
  for (const [tool, used] of Object.entries(other.tools)) {
    tools[tool] = most(tools[tool] ?? NOTHING, used);
  }
  return { ...share, all: most(share.all, other.all), tools };
}
