import type { NanoUsd } from "../shared/money.ts";
import { type ModelPrice, worstCase } from "./prices.ts";

/** A model and what its tokens cost. */
export interface Candidate {
  model: string;
  price: ModelPrice;
}

/** A ceiling and how much of its day is spent and held; no ceiling is null. */
export interface Purse {
  ceiling: NanoUsd | null;
  spent: NanoUsd;
  held: NanoUsd;
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
  }
  | { kind: "refuse" };

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
  /** What is held beside the model's price, such as for the messages that a reply is sent as. */
  extra?: NanoUsd;
}): Decision {
  const { purses, wanted, cheaper, promptTokens, maxTokens, ladder, extra = 0n } = options;
  const all = purses.map(leftOf).reduce(smaller, null);
  const left = all === null ? null : all - extra;
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
      };
    }
  }
  const candidate = inOrder[inOrder.length - 1] ?? wanted;
  const tokens = ladder.clamp && left !== null ? affordable(candidate, promptTokens, left) : 0;
  if (tokens < Math.min(SHORTEST_REPLY, maxTokens)) return { kind: "refuse" };
  const clamped = Math.min(tokens, maxTokens);
  return {
    kind: "go",
    candidate,
    maxTokens: clamped,
    hold: worstCase(promptTokens, clamped, candidate.price) + extra,
    downgraded: candidate !== wanted,
    clamped: true,
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

function leftOf(purse: Purse): NanoUsd | null {
  return purse.ceiling === null ? null : purse.ceiling - purse.spent - purse.held;
}

function smaller(a: NanoUsd | null, b: NanoUsd | null): NanoUsd | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
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
