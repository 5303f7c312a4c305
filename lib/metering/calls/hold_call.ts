import type { ModelRef } from "../../llm/rules/model_ref.ts";
import type { ModelPrice } from "../../llm/rules/prices.ts";
import type { ProviderAttempt } from "../../llm/provider.ts";
import type { Calendar } from "../../platform/calendar.ts";
import type { Clock } from "../../platform/clock.ts";
import type { StoredSettings } from "../../settings/stored_settings.ts";
import type { Config } from "../../config.ts";
import type { Key } from "../../store/key.ts";
import type { ProcessRegistry } from "../../store/process_registry.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import { budgetsFor, countedBudgets, holdIn, readsFor, usesOf } from "../budgets.ts";
import { budgetLimits } from "../budgets_in_force.ts";
import type { AuxiliaryCall } from "../call_records.ts";
import { meteringKeys } from "../records.ts";
import { budgetRefusal, windowEnds } from "../refusals.ts";
import {
  type Budget,
  type BudgetUse,
  type DegradationPolicy,
  exceededBy,
  fitToBudgets,
  isUsedUp,
} from "../rules/budget.ts";

/** Where a call outside of conversations counts. */
export interface CallPlace {
  tool: string;
  /** The tool's ceiling, in nano-dollars; null for none. */
  ceiling: bigint | null;
  channel: string;
  /** Visitor whose share of the day pays; null for none. */
  visitor: string | null;
  /** Client address, whose share pays for new visitors; null or absent for none. */
  address?: string | null;
  /** Whether it serves a simulated phone, which has a budget of its own. */
  forSimulator?: boolean;
  /** Budgets besides the tool's, the organisation's and the visitor's. */
  budgets?: readonly Budget[];
  /** Data of participants for the settlement, by participant name. */
  participants?: AuxiliaryCall["participants"];
}

/** Request to make an auxiliary call. */
export interface CallRequest extends CallPlace {
  provider: string;
  model: string;
  simulated: boolean;
  /** Worst-case cost, in nano-dollars. */
  worst: bigint;
  /** Price of its tokens, where it is paid by tokens. */
  price?: ModelPrice;
}

/** Request for a reply outside of conversations; budgets decide its model and length. */
export interface ReplyRequest extends CallPlace {
  wanted: ProviderAttempt;
  cheaper: ProviderAttempt | null;
  promptTokens: number;
  maxTokens: number;
  ladder: DegradationPolicy;
  /** Pictures in the prompt. */
  images: number;
  /** The tool's own model, where `wanted` is asked in its place. */
  insteadOf: ModelRef | null;
}

/** Work of the caller in the commit of a hold, before it; throws to refuse. */
export interface Admission<T> {
  reads: readonly Key<unknown>[];
  /** @param call the id of the call that is held */
  run(tx: Tx, call: string): T;
}

export interface HoldDeps {
  store: { transactions: Transactions; processes: ProcessRegistry; settings: StoredSettings };
  calendar: Calendar;
  clock: Clock;
  config: Config;
}

/** The call that a hold is for, once its budgets are known. */
export type Chosen =
  & Pick<AuxiliaryCall, "provider" | "model" | "simulated" | "reply" | "images" | "insteadOf">
  & {
    price: ModelPrice | null;
    worst: bigint;
  };

/** What the budgets admit; `refuse` makes the error for the budget that is in the way. */
export type Choose<C extends Chosen> = (
  uses: readonly BudgetUse[],
  refuse: (nearest: BudgetUse | null, shorter?: boolean) => Error,
) => C;

/** Holds for a call with a known worst case: all of it or nothing. */
export function wholeCall(request: CallRequest): Choose<Chosen> {
  const { provider, model, simulated, worst, price = null } = request;
  return (uses, refuse) => {
    const exceeded = exceededBy(uses, worst);
    if (exceeded !== null) throw refuse(exceeded);
    return { provider, model, simulated, worst, price };
  };
}

/** A reply as a turn's: the wanted model, else the cheaper one, else a shorter reply. */
export function fittedReply(request: ReplyRequest): Choose<Chosen & { maxTokens: number }> {
  return (uses, refuse) => {
    const decision = fitToBudgets({ ...request, budgets: uses });
    if (decision.kind === "refuse") {
      const shorter = !isUsedUp({ ...request, budgets: uses, promptTokens: 0 });
      throw refuse(decision.nearest, shorter);
    }
    const { candidate: { provider, model, simulated, price }, hold, maxTokens } = decision;
    const { images, insteadOf } = request;
    return {
      provider,
      model,
      simulated,
      price,
      worst: hold,
      maxTokens,
      reply: true,
      images,
      ...(insteadOf ? { insteadOf } : {}),
    };
  };
}

/**
 * Holds for a call in one commit: admission, choice by the budgets, holds and record.
 * @throws {AppError} `over_budget`, `over_share`, or what the admission throws; nothing is held then.
 */
export function holdCall<C extends Chosen, T>(
  { store, clock, calendar, ...deps }: HoldDeps,
  id: string,
  place: CallPlace,
  choose: Choose<C>,
  admission: Admission<T>,
): Promise<{ call: AuxiliaryCall; chosen: C; admitted: T }> {
  const { tool, ceiling, channel, visitor, address = null, forSimulator = false } = place;
  const now = clock();
  const day = calendar.dayOf(now);
  const budgets = budgetsFor({
    tool,
    limits: budgetLimits({ ...deps, store }, { id: tool, ceiling }, channel),
    day,
    visitor,
    address,
    forSimulator,
  }).concat(place.budgets ?? []);
  const reads = [...readsFor(budgets, day), ...admission.reads];
  return store.transactions.run(reads, (tx) => {
    const admitted = admission.run(tx, id);
    const counted = countedBudgets(tx, budgets, day);
    const uses = usesOf(tx, counted, day);
    const chosen = choose(
      uses,
      (nearest, shorter = false) =>
        budgetRefusal({ now, ends: windowEnds(calendar, now), shorter }, uses, nearest),
    );
    const { provider, model, simulated, price, worst, reply, images, insteadOf } = chosen;
    const call: AuxiliaryCall = {
      kind: "auxiliary",
      turn: id,
      tool,
      model,
      provider,
      simulated,
      channel,
      variant: null,
      startedAt: now,
      hold: { day, amount: worst },
      budgets: holdIn(tx, counted, { day, amount: worst }),
      attempts: [{ state: "running", provider, model, simulated, price, hold: worst }],
      ...(reply ? { reply, images } : {}),
      ...(insteadOf ? { insteadOf } : {}),
      ...(place.participants ? { participants: place.participants } : {}),
    };
    tx.set(meteringKeys.running(store.processes.self, id), call);
    return { call, chosen, admitted };
  }, 3_000);
}
