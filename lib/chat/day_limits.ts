import type { Provider, ProviderAttempt } from "../llm/provider.ts";
import { organisationCeiling, sharePercents } from "../metering/budgets_in_force.ts";
import { type BudgetUse, isInForce, isUsedUp } from "../metering/rules/budget.ts";
import { AppError } from "../platform/errors.ts";
import { buildPrompt, type HistoryMessage } from "../llm/rules/prompt.ts";
import { shareOn, usedOf } from "../metering/rules/shares.ts";
import { budgetsFor } from "../metering/budgets.ts";
import { systemPromptOf, type Tool } from "../tools/rules/tool.ts";
import { promptTokenBound } from "../llm/tokens.ts";
import { ALL, meteringKeys } from "../metering/records.ts";
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
   * It is closed when today has no room for the shortest question after the given messages.
   */
  async opensAt(tool: Tool, said: readonly HistoryMessage[] = []): Promise<number | null> {
    const organisation = organisationCeiling(this.deps);
    if (tool.ceiling === null && organisation === null) return null;
    const [spent, spentByAll] = await Promise.all([
      tool.ceiling === null ? 0n : this.states.spentToday("tool", tool.id),
      organisation === null ? 0n : this.states.spentToday("organisation", ALL),
    ]);
    const uses = this.budgets(tool, null).map((budget) => ({
      ...budget,
      spent: budget.scope === "tool" ? spent : spentByAll,
      held: 0n,
    }));
    return this.endOf(tool, said, uses);
  }

  /**
   * Like opensAt(), for a person's share of the day. Their address's share is checked with the
   * next message.
   */
  async shareOpensAt(
    visitor: string,
    tool: Tool,
    said: readonly HistoryMessage[],
  ): Promise<number | null> {
    const { calendar, clock, store } = this.deps;
    const { person } = sharePercents(this.deps);
    if (person >= 100) return null;
    const share = shareOn(
      await store.transactions.read(meteringKeys.personShare(visitor)),
      calendar.dayOf(clock()),
    );
    const uses = this.budgets(tool, visitor)
      .filter(({ scope }) => scope === "person")
      .map((budget) => ({ ...budget, ...usedOf(share, budget.tool) }))
      .filter(isInForce);
    return uses.length === 0 ? null : this.endOf(tool, said, uses);
  }

  private budgets(tool: Tool, visitor: string | null) {
    return budgetsFor({
      tool: tool.id,
      ceilings: { tool: tool.ceiling, organisation: organisationCeiling(this.deps) },
      percents: sharePercents(this.deps),
      day: this.deps.calendar.dayOf(this.deps.clock()),
      visitor,
      address: null,
      forSimulator: false,
    });
  }

  /** The end of the day if these budgets have no room, else null. */
  private endOf(tool: Tool, said: readonly HistoryMessage[], budgets: BudgetUse[]): number | null {
    const { calendar, clock } = this.deps;
    const usedUp = this.withPrices((wanted) =>
      isUsedUp({
        budgets,
        wanted,
        cheaper: this.models.cheaper(tool, wanted),
        promptTokens: promptTokenBound(buildPrompt(systemPromptOf(tool), said, "")),
        maxTokens: tool.maxTokens,
        ladder: tool.ladder,
      }), tool);
    return usedUp ? calendar.endOfDay(clock()) : null;
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
