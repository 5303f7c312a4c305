import type { NanoUsd } from "../../shared/money.ts";
import { type ModelPrice, worstCase } from "../../llm/rules/prices.ts";

/** A model, by its token price. */
export interface Candidate {
  price: ModelPrice;
}

/** Owners of a budget. */
export const BUDGET_SCOPES = [
  "tool",
  "organisation",
  "person",
  "address",
  "api_key",
  "memory",
  "simulator",
] as const;
export type BudgetScope = (typeof BUDGET_SCOPES)[number];

/** Period after which a budget starts again, in the organisation's calendar. */
export const BUDGET_WINDOWS = ["day", "month"] as const;
export type BudgetWindow = (typeof BUDGET_WINDOWS)[number];

/** Limit on the cost of calls within a window. */
export interface Budget {
  scope: BudgetScope;
  id: string;
  window: BudgetWindow;
  /** In nano-dollars; null counts without a limit. */
  limit: NanoUsd | null;
  /** Counts calls of this tool only; absent: of all. */
  tool?: string;
}

/** A budget with its spent and held amounts in the current window. */
export interface BudgetUse extends Budget {
  spent: NanoUsd;
  held: NanoUsd;
}

interface ScopeRule {
  /** Whether an unused budget admits one call of any cost. */
  admitsFirst: boolean;
  /**
   * Whether the fees of a reply's messages are held in advance. Their worst case is many times
   * the usual sum and would exhaust a small budget; there they count once sent.
   */
  holdsFees: boolean;
}

const USUAL: ScopeRule = { admitsFirst: false, holdsFees: true };
const SHARE: ScopeRule = { admitsFirst: true, holdsFees: false };

const SCOPE_RULES: Record<BudgetScope, ScopeRule> = {
  tool: USUAL,
  organisation: USUAL,
  person: SHARE,
  address: SHARE,
  api_key: USUAL,
  memory: USUAL,
  simulator: USUAL,
};

/** Whether a budget is a person's or an address's share of a larger one. */
export function isShare({ scope }: Pick<Budget, "scope">): boolean {
  return SCOPE_RULES[scope].admitsFirst;
}

/** Whether a budget can refuse a call at its present use. */
export function isInForce({ scope, limit, spent, held }: BudgetUse): boolean {
  return limit !== null && !(SCOPE_RULES[scope].admitsFirst && spent + held === 0n);
}

/** The part of a hold that counts in a budget. */
export function heldOf({ scope }: Pick<Budget, "scope">, amount: NanoUsd, fees: NanoUsd): NanoUsd {
  return SCOPE_RULES[scope].holdsFees ? amount : amount - fees;
}

/** The first budget without room for an amount, or null. */
export function exceededBy(budgets: readonly BudgetUse[], amount: NanoUsd): BudgetUse | null {
  return budgets.find(({ limit, spent, held }) =>
    limit !== null && spent + held + amount > limit
  ) ??
    null;
}

/** How a tool degrades near its ceiling. */
export interface DegradationPolicy {
  /** Percent of the ceiling from which the cheaper model answers; null for never. */
  downgradeFrom: number | null;
  /** Whether replies are shortened to the remaining budget before refusal. */
  clamp: boolean;
}

export type BudgetDecision<Model extends Candidate = Candidate> =
  | {
    kind: "go";
    candidate: Model;
    maxTokens: number;
    hold: NanoUsd;
    downgraded: boolean;
    clamped: boolean;
    /** The budget with the least left. */
    nearest: BudgetUse | null;
  }
  | { kind: "refuse"; nearest: BudgetUse | null };

/** Shortest useful reply, in tokens; below it the turn is refused. */
const SHORTEST_REPLY = 64;

/**
 * Decides whether a turn may begin, with which model and reply length.
 * Spent plus held never exceeds a ceiling: the chosen model, else (or from the degradation policy's
 * share on) the cheaper one, else a shorter reply, else a refusal.
 */
export function fitToBudgets<Model extends Candidate>(options: {
  budgets: readonly BudgetUse[];
  wanted: Model;
  cheaper: Model | null;
  promptTokens: number;
  maxTokens: number;
  ladder: DegradationPolicy;
  /** Fees held besides the model's price, such as for the messages of a reply. */
  fees?: NanoUsd;
}): BudgetDecision<Model> {
  const { budgets, wanted, cheaper, promptTokens, maxTokens, ladder, fees = 0n } = options;
  const nearest = nearestOf(budgets, fees);
  const left = nearest && leftOf(nearest, fees);
  const { downgradeFrom } = ladder;
  const near = downgradeFrom !== null &&
    budgets.some((budget) => percentUsed(budget) >= downgradeFrom);
  const inOrder = cheaper === null ? [wanted] : near ? [cheaper] : [wanted, cheaper];
  for (const candidate of inOrder) {
    const hold = worstCase(promptTokens, maxTokens, candidate.price);
    if (left === null || hold <= left) {
      return {
        kind: "go",
        candidate,
        maxTokens,
        hold: hold + fees,
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
    hold: worstCase(promptTokens, clamped, candidate.price) + fees,
    downgraded: candidate !== wanted,
    clamped: true,
    nearest,
  };
}

/**
 * Whether a turn would be refused with nothing held.
 * Then there is no room before the window ends, however the replies under way turn out.
 */
export function isUsedUp(options: Parameters<typeof fitToBudgets<Candidate>>[0]): boolean {
  const budgets = options.budgets.map((budget) => ({ ...budget, held: 0n }));
  return fitToBudgets({ ...options, budgets }).kind === "refuse";
}

/** Spent and held as a share of the limit, in whole percent; 0 without a limit. */
export function percentUsed(
  { limit, spent, held }: Pick<BudgetUse, "limit" | "spent" | "held">,
): number {
  if (limit === null) return 0;
  if (limit === 0n) return 100;
  return Number((spent + held) * 100n / limit);
}

/** Remaining amount for a model's call; null without a limit. */
function leftOf(budget: BudgetUse, fees: NanoUsd): NanoUsd | null {
  const { limit, spent, held } = budget;
  return limit === null ? null : limit - spent - held - heldOf(budget, fees, fees);
}

/** The limited budget with the least left, or null. */
function nearestOf(budgets: readonly BudgetUse[], fees: NanoUsd): BudgetUse | null {
  let nearest: BudgetUse | null = null, least: NanoUsd | null = null;
  for (const budget of budgets) {
    const left = leftOf(budget, fees);
    if (left === null || (least !== null && left >= least)) continue;
    [nearest, least] = [budget, left];
  }
  return nearest;
}

/** Most reply tokens whose worst case fits, by bisection: prices may have tiers. */
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
