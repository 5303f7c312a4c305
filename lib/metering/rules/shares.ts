import type { NanoUsd } from "../../shared/money.ts";
import type { Budget } from "./budget.ts";

/** Spent and held amounts of a budget. */
export interface ShareUsage {
  spent: NanoUsd;
  held: NanoUsd;
}

/** A person's or an address's use of a day: by tool, and in all. */
export interface ShareDay {
  /** Day of the first turn ever. */
  since: string;
  day: string;
  all: ShareUsage;
  tools: Record<string, ShareUsage>;
}

export const NOTHING: ShareUsage = { spent: 0n, held: 0n };

/** The record for `day`: a new day begins unused. */
export function shareOn(kept: ShareDay | null, day: string): ShareDay {
  if (kept?.day === day) return kept;
  return { since: kept?.since ?? day, day, all: NOTHING, tools: {} };
}

/** Whether a person came on an earlier day. */
export function cameBefore(share: ShareDay): boolean {
  return share.since < share.day;
}

/** Shares of a day's budgets, in percent; 100 means no separate share. */
export interface SharePercents {
  person: number;
  address: number;
}

/** Ceilings of a tool and the organisation; null for none. */
export interface Ceilings {
  tool: NanoUsd | null;
  organisation: NanoUsd | null;
}

/**
 * The budgets of a person or an address for a day, as `percent` of a ceiling (100: no share).
 * Of the tool's ceiling for calls of this tool, and of the organisation's for all; `most` is a
 * limit of their own on all.
 */
export function shareBudgets(
  { scope, id }: { scope: "person" | "address"; id: string },
  tool: string,
  ceilings: Ceilings,
  percent: number,
  most: NanoUsd | null = null,
): Budget[] {
  const part = (limit: NanoUsd | null) =>
    limit === null || percent >= 100 ? null : limit * BigInt(percent) / 100n;
  const share = part(ceilings.organisation);
  if (percent >= 100 && most === null) return [];
  const all = share === null || (most !== null && most < share) ? most : share;
  return [
    { scope, id, window: "day", tool, limit: part(ceilings.tool) },
    { scope, id, window: "day", limit: all },
  ];
}

/** Use of a tool's budget, or without a tool, of all together. */
export function usedOf(share: ShareDay, tool: string | undefined): ShareUsage {
  return tool === undefined ? share.all : share.tools[tool] ?? NOTHING;
}

/**
 * Adds spent and held amounts to a tool's budget, or without a tool, to the total; `held`
 * may be negative. Releases no more than is held: a new day may have reset the record after the
 * hold.
 */
export function addToShare(share: ShareDay, tool: string | undefined, more: ShareUsage): ShareDay {
  const before = usedOf(share, tool);
  const held = before.held + more.held;
  const after = { spent: before.spent + more.spent, held: held > 0n ? held : 0n };
  return tool === undefined
    ? { ...share, all: after }
    : { ...share, tools: { ...share.tools, [tool]: after } };
}

/**
 * Raises the spending to at least that of another record of the same person; idempotent.
 * Held amounts of the other may yet be spent, and count.
 */
export function atLeast(share: ShareDay, other: ShareDay): ShareDay {
  if (other.day !== share.day) return share;
  const most = ({ spent, held }: ShareUsage, theirs: ShareUsage): ShareUsage => {
    const used = theirs.spent + theirs.held;
    return { spent: used > spent ? used : spent, held };
  };
  const tools = { ...share.tools };
  for (const [tool, used] of Object.entries(other.tools)) {
    tools[tool] = most(tools[tool] ?? NOTHING, used);
  }
  return { ...share, all: most(share.all, other.all), tools };
}
