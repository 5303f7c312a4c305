import { isUsedUp } from "../domain/budget.ts";
import { AppError } from "../domain/errors.ts";
import { buildPrompt, type Said } from "../domain/prompt.ts";
import { systemPromptOf, type Tool } from "../domain/tool.ts";
import { promptTokenBound } from "../llm/tokens.ts";
import { ALL } from "../store/keys.ts";
import type { Deps } from "./deps.ts";
import { ModelChoice } from "./model_choice.ts";
import { organisationCeiling } from "./settings_in_force.ts";
import type { TurnStates } from "./turn_states.ts";

/** Which tools have used up their day, or the organisation's. */
export class DayLimits {
  private readonly models: ModelChoice;

  constructor(private readonly deps: Deps, private readonly states: TurnStates) {
    this.models = new ModelChoice(deps);
  }

  /**
   * When a tool opens again, in milliseconds since 1970, if its day leaves no room for
   * even the shortest question after what was said before; else null.
   */
  async opensAt(tool: Tool, said: readonly Said[] = []): Promise<number | null> {
    const { calendar, clock } = this.deps;
    const organisation = organisationCeiling(this.deps);
    if (tool.ceiling === null && organisation === null) return null;
    const [spent, spentByAll] = await Promise.all([
      tool.ceiling === null ? 0n : this.states.spentToday("tool", tool.id),
      organisation === null ? 0n : this.states.spentToday("organisation", ALL),
    ]);
    const usedUp = this.withPrices((wanted) =>
      isUsedUp({
        purses: [
          { ceiling: tool.ceiling, spent, held: 0n },
          { ceiling: organisation, spent: spentByAll, held: 0n },
        ],
        wanted,
        cheaper: this.models.cheaper(tool, wanted),
        promptTokens: promptTokenBound(buildPrompt(systemPromptOf(tool), said, "")),
        maxTokens: tool.maxTokens,
        ladder: tool.ladder,
      }), tool);
    return usedUp ? calendar.endOfDay(clock()) : null;
  }

  /** A model without a price is refused for that, whatever the day. */
  private withPrices(
    look: (wanted: ReturnType<ModelChoice["candidate"]>) => boolean,
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
