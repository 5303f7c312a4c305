import type { RateLimitKey } from "./turn/begin_turn.ts";
import type { AskAction } from "./turn/question.ts";
import type { Budget } from "../metering/rules/budget.ts";
import type { Tool } from "../tools/rules/tool.ts";
import type { TurnParticipant, TurnToBegin } from "./participants.ts";

/** A message of a visitor, or an action on an earlier one. */
export interface TurnRequest {
  visitor: string;
  tool: string;
  /** A draft to try, in place of the stored tool. */
  draft?: Tool;
  /** Request id: a repeated one joins its turn. */
  request: string;
  channel: "web" | "whatsapp" | "api" | "preview";
  action: AskAction;
  rateLimitKey: RateLimitKey | null;
  /** Client address, where a share of the day is counted by address. */
  address?: string;
  /** Takes part in the beginning of this turn only, before all others. */
  participant?: Pick<TurnParticipant, "name" | "begin">;
  /** Whether it is paid from the budget of simulated phones, and no other. */
  forSimulator?: boolean;
  /** Budgets besides the tool's, the organisation's and the visitor's. */
  budgets?: readonly Budget[];
  /** Excluded from review whatever the settings: the person was not informed yet. */
  unread?: boolean;
  /** Whether the visitor was created for this turn: the conversation lookup is skipped. */
  isNewVisitor?: boolean;
}

/** The turn as participants see it. */
export function aboutTurn(
  turn: TurnRequest,
  tool: Tool,
  now: number,
  day: string,
): TurnToBegin {
  const { visitor, channel, unread, draft, forSimulator = false } = turn;
  return { visitor, tool, channel, now, day, unread, trial: draft !== undefined || forSimulator };
}
