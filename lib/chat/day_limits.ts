import type { Provider, ProviderAttempt } from "../llm/provider.ts";
import { budgetLimits } from "../metering/budgets_in_force.ts";
import {
  type BudgetUse,
  type BudgetWindow,
  isInForce,
  isUsedUp,
} from "../metering/rules/budget.ts";
import { AppError } from "../platform/errors.ts";
import { buildPrompt, type HistoryMessage } from "../llm/rules/prompt.ts";
import { shareOn, usedOf } from "../metering/rules/shares.ts";
import { budgetsFor } from "../metering/budgets.ts";
import { systemPromptOf, type Tool } from "../tools/rules/tool.ts";
import { promptTokenBound } from "../llm/tokens.ts";
import { isBound, monthOf } from "../metering/ledger.ts";
import { meteringKeys } from "../metering/records.ts";
import { windowEnds } from "../metering/refusals.ts";
import { ModelChoice } from "./turn/model_choice.ts";
import type { TurnStates } from "./turn/turn_states.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../config.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { Transactions } from "../store/transactions.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";

interface Needs {
  store: { transactions: Transactions; settings: StoredSettings };
  calendar: Calendar;
  clock: Clock;
  config: Config;
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
}

/** Tools without room left today in their, the organisation's or a person's budget. */
export class DayLimits {
  private readonly models: ModelChoice;

  constructor(private readonly deps: Needs, private readonly states: TurnStates) {
    this.models = new ModelChoice(deps);
  }

  /**
   * When a tool opens again, in ms since 1970, or null when it is open.
   * It is closed when its day or month has no room for the shortest question after the given
   * messages.
   */
  async opensAt(tool: Tool, said: readonly HistoryMessage[] = []): Promise<number | null> {
    const uses = this.budgets(tool, null).map(async (budget) => {
      const { scope, window, id } = budget;
      const spent = isBound(scope) ? await this.states.spentIn(window, scope, id) : 0n;
      return { ...budget, spent, held: 0n };
    });
    return this.endOf(tool, said, await Promise.all(uses));
  }

  /**
   * Like opensAt(), for a person's share of the day and their own limits. Their address's share is
   * checked with the next message.
   */
  async shareOpensAt(
    visitor: string,
    tool: Tool,
    said: readonly HistoryMessage[],
  ): Promise<number | null> {
    const { calendar, clock, store } = this.deps;
    const day = calendar.dayOf(clock());
    const budgets = this.budgets(tool, visitor).filter(({ scope }) => scope === "person");
    const uses = budgets.map(async (budget) => {
      const [key, period] = budget.window === "day"
        ? [meteringKeys.personShare(visitor), day] as const
        : [meteringKeys.personMonth(visitor), monthOf(day)] as const;
      const share = shareOn(await store.transactions.read(key), period);
      return { ...budget, ...usedOf(share, budget.tool) };
    });
    return this.endOf(tool, said, (await Promise.all(uses)).filter(isInForce));
  }

  /** The budgets with a limit. */
  private budgets({ id, ceiling }: Tool, visitor: string | null) {
    return budgetsFor({
      tool: id,
      limits: budgetLimits(this.deps, { id, ceiling }, "web"),
      day: this.deps.calendar.dayOf(this.deps.clock()),
      visitor,
      address: null,
      forSimulator: false,
    }).filter(({ limit }) => limit !== null);
  }

  /** The end of the month or day whose budgets have no room, else null. */
  private endOf(tool: Tool, said: readonly HistoryMessage[], budgets: BudgetUse[]): number | null {
    if (budgets.length === 0) return null;
    const { calendar, clock } = this.deps;
    const ends = windowEnds(calendar, clock());
    const usedUp = (window: BudgetWindow) =>
      this.withPrices((wanted) =>
        isUsedUp({
          budgets: budgets.filter((budget) => budget.window === window),
          wanted,
          cheaper: this.models.cheaper(tool, wanted),
          promptTokens: promptTokenBound(buildPrompt(systemPromptOf(tool), said, "")),
          maxTokens: tool.maxTokens,
          ladder: tool.ladder,
        }), tool);
    return usedUp("month") ? ends("month") : usedUp("day") ? ends("day") : null;
  }

  /** A model without a price is refused for that, whatever the budgets. */
  private withPrices(
    look: (wanted: ProviderAttempt) => boolean,
    tool: Tool,
  ): boolean {
    try {
      return look(this.models.candidate(tool.model));
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }
}
