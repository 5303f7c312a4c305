import type { NanoUsd } from "../../shared/money.ts";
import { type ModelPrice, worstCase } from "../../llm/rules/prices.ts";

/** A model and what its tokens cost. */
export interface Candidate {
  model: string;
  price: ModelPrice;
}

/** Whose share of a ceiling a purse is. */
export type Sharing = "person" | "address";

/** A ceiling and how much of its day is spent and held; no ceiling is null. */
export interface Purse {
  ceiling: NanoUsd | null;
  spent: NanoUsd;
  held: NanoUsd;
  /** Whose share of a ceiling it is; none for the whole. */
  whose?: Sharing;
}

/** How a tool behaves as its ceiling comes near. */
export interface Ladder {
  /** Share of the ceiling in percent from which the cheaper model answers; null never. */
  downgradeFrom: number | null;
  /** Whether replies are shortened to what is left before the tool stops. */
  clamp: boolean;
}

export type Decision =
  | {
    kind: "go";
    candidate: Candidate;
    maxTokens: number;
    hold: NanoUsd;
    downgraded: boolean;
    clamped: boolean;
    /** The purse that stands nearest to its end. */
    nearest: Purse | null;
  }
  | { kind: "refuse"; nearest: Purse | null };

/** A reply shorter than this is of no use to anybody: rather stop. */
const SHORTEST_REPLY = 64;

/**
 * Decides whether a turn may begin and in which shape, so that what is spent
 * and held never exceeds any ceiling: the wanted model, else the cheaper one
 * from the ladder's share on, else a shorter reply, else none.
 */
export function decide(options: {
  purses: readonly Purse[];
  wanted: Candidate;
  cheaper: Candidate | null;
  promptTokens: number;
  maxTokens: number;
  ladder: Ladder;
  /**
   * What is held beside the model's price, such as for the messages that a reply is sent as. It is
   * not in shares: its worst case is many times what it comes to, and would use up a small one.
   */
  extra?: NanoUsd;
}): Decision {
  const { purses, wanted, cheaper, promptTokens, maxTokens, ladder, extra = 0n } = options;
  const nearest = nearestOf(purses, extra);
  const left = nearest && leftOf(nearest, extra);
  const near = ladder.downgradeFrom !== null &&
    purses.some((purse) => sharePercent(purse) >= (ladder.downgradeFrom ?? 100));
  const inOrder = cheaper === null ? [wanted] : near ? [cheaper] : [wanted, cheaper];
  for (const candidate of inOrder) {
    const hold = worstCase(promptTokens, maxTokens, candidate.price);
    if (left === null || hold <= left) {
      return {
        kind: "go",
        candidate,
        maxTokens,
        hold: hold + extra,
        downgraded: candidate !== wanted,
        clamped: false,
        nearest,
      };
    }
  }
  const candidate = inOrder[inOrder.length - 1] ?? wanted;
  const tokens = ladder.clamp && left !== null ? affordable(candidate, promptTokens, left) : 0;
  if (tokens < Math.min(SHORTEST_REPLY, maxTokens)) return { kind: "refuse", nearest };
  const clamped = Math.min(tokens, maxTokens);
  return {
    kind: "go",
    candidate,
    maxTokens: clamped,
    hold: worstCase(promptTokens, clamped, candidate.price) + extra,
    downgraded: candidate !== wanted,
    clamped: true,
    nearest,
  };
}

/**
 * Whether a turn would be refused even if nothing were held: then there is no room
 * before the new day, whatever becomes of the replies under way.
 */
export function isUsedUp(options: Parameters<typeof decide>[0]): boolean {
  const purses = options.purses.map((purse) => ({ ...purse, held: 0n }));
  return decide({ ...options, purses }).kind === "refuse";
}

/** Spent and held as a share of the ceiling, in whole percent; 0 without a ceiling. */
export function sharePercent(purse: Purse): number {
  if (purse.ceiling === null) return 0;
  if (purse.ceiling === 0n) return 100;
  return Number((purse.spent + purse.held) * 100n / purse.ceiling);
}

/** What is left for a model's call. */
function leftOf({ ceiling, spent, held, whose }: Purse, extra: NanoUsd): NanoUsd | null {
  return ceiling === null ? null : ceiling - spent - held - (whose === undefined ? extra : 0n);
}

/** The purse with the least left, if any has a ceiling. */
function nearestOf(purses: readonly Purse[], extra: NanoUsd): Purse | null {
  let nearest: Purse | null = null, least: NanoUsd | null = null;
  for (const purse of purses) {
    const left = leftOf(purse, extra);
    if (left === null || (least !== null && left >= least)) continue;
    [nearest, least] = [purse, left];
  }
  return nearest;
}

/** The most tokens of reply whose worst case fits, by bisection: prices may have tiers. */
function affordable(candidate: Candidate, promptTokens: number, left: NanoUsd): number {
  const fits = (tokens: number) => worstCase(promptTokens, tokens, candidate.price) <= left;
  let low = 0, high = 1 << 20;
  if (!fits(0)) return 0;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
