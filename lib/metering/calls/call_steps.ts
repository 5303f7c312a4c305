import type { Alert } from "../alert_records.ts";
import { bookCost, bookReply, countTurn, disbelief, readsToBook } from "../booking.ts";
import { ceilingsByWindow, isApart, readsFor } from "../budgets.ts";
import type { Attempt, CallCost, PaidCall } from "../call_records.ts";
import { counterOf } from "../counters.ts";
import type { EndedTurn } from "../hours.ts";
import { type LedgerEntry, meteringKeys } from "../records.ts";
import { type BudgetUse, exceededBy, isInForce } from "../rules/budget.ts";
import type { Key } from "../../store/key.ts";
import type { Tx } from "../../store/transactions.ts";
import { doubtAlert } from "../spending_alerts.ts";
import type { NanoUsd } from "../../shared/money.ts";

/**
 * State changes of a paid call: held → running → settled or released.
 * The record exists while the call runs; its holds are in the counters of its budgets. Each step
 * runs in the caller's transaction, together with the caller's other writes.
 */

export interface Settlement {
  /** Cost of the last attempt; null when nothing was billed: the call is released. */
  cost: CallCost | null;
  at: number;
  /** Hour in the organisation's time zone in which it began. */
  hour: number;
  /** Percentages of a ceiling that raise alerts. */
  shares: readonly number[];
  /** Outcome of a turn, for its hour. */
  turn?: Pick<EndedTurn, "failed" | "waitedMs">;
}

export interface SettledCall {
  /** Cost of all attempts. */
  usd: NanoUsd;
  basis: LedgerEntry["basis"];
  alerts: Alert[];
}

/** The attempt that is under way, or was the last. */
export function lastAttempt({ attempts }: Pick<PaidCall, "attempts">): Attempt {
  const last = attempts.at(-1);
  if (last === undefined) throw new RangeError("A call without an attempt");
  return last;
}

/** The failed attempts, with their costs. */
function failedAttempts({ attempts }: Pick<PaidCall, "attempts">) {
  return attempts.flatMap((attempt, i) =>
    attempt.state === "failed" ? [{ attempt, cost: attempt.cost, number: i + 1 }] : []
  );
}

/** Cost of all attempts, given the cost of the last one. */
export function costOfAttempts(
  call: Pick<PaidCall, "attempts">,
  last: Pick<CallCost, "usd" | "basis"> | null,
): Pick<CallCost, "usd" | "basis"> {
  const all = failedAttempts(call).flatMap(({ cost }) => cost ?? []);
  const usd = all.reduce((sum, cost) => sum + cost.usd, last?.usd ?? 0n);
  const weakest = all.some((cost) => cost.basis !== "reported") ? "estimated" : "reported";
  const basis = last === null || last.basis === "reported" ? weakest : last.basis;
  return { usd, basis };
}

/** Keys that settling a call reads. */
export function readsToSettle(process: string, call: PaidCall): Key<unknown>[] {
  const { day } = call.hold;
  const keys = new Map<string, Key<unknown>>();
  for (
    const key of [
      meteringKeys.running(process, call.turn),
      ...call.attempts.flatMap(({ model }) => readsToBook({ ...call, model, day })),
      ...readsFor(call.budgets, day),
    ]
  ) keys.set(key.id, key);
  return [...keys.values()];
}

/**
 * Settles a call: releases its hold and books each attempt that may have been billed.
 * The last attempt is booked under the call's id. Null when the call had already ended.
 */
export function settleCall(
  tx: Tx,
  process: string,
  call: PaidCall,
  { cost, at, hour, shares, turn }: Settlement,
): SettledCall | null {
  const key = meteringKeys.running(process, call.turn);
  const open = tx.get(key);
  if (open === null) return null;
  tx.delete(key);
  const { day } = call.hold;
  const booking = { hour, ceilings: ceilingsByWindow(call.budgets), shares };
  const last = lastAttempt(call);
  const alerts: Alert[] = [];
  for (const { attempt, cost, number } of failedAttempts(call)) {
    if (cost === null) continue;
    const entry = { ...entryOf(call, attempt, cost, at), attempt: number };
    alerts.push(...bookCost(tx, { ...entry, turn: `${call.turn}.a${number}` }, booking));
    alerts.push(...doubtAlert(at, { ...attempt, doubt: cost.doubt ?? null }));
  }
  const entry = cost && entryOf(call, last, cost, at);
  const { model } = last;
  const ended = turn && { ...turn, hour, model, channel: call.channel };
  if (entry) {
    alerts.push(...(ended ? bookReply(tx, entry, booking, ended) : bookCost(tx, entry, booking)));
    alerts.push(...doubtAlert(at, { ...last, doubt: cost.doubt ?? null }));
  } else if (ended) countTurn(tx, { day, tool: call.tool }, ended);
  const total = costOfAttempts(call, cost);
  // Holds are taken from the record: it may have an attempt whose commit lost its answer.
  for (const budget of open.budgets) {
    counterOf(budget, day).settle(tx, budget.held, total.usd);
  }
  return { ...total, alerts };
}

/** Counts fees with ledger entries of their own in a call's other budgets. */
export function countFees(tx: Tx, { budgets, hold }: PaidCall, fees: NanoUsd): void {
  if (fees === 0n) return;
  for (const budget of budgets) counterOf(budget, hold.day).settle(tx, 0n, fees, 0);
}

/** The next provider to ask, and the most that it can cost. */
export type NextAttempt = Pick<Attempt, "provider" | "model" | "simulated" | "price" | "hold">;

/** A budget has no room for a further attempt. */
export class NoRoom extends Error {
  override name = "NoRoom";
  constructor(readonly uses: readonly BudgetUse[], readonly nearest: BudgetUse) {
    super(`No room in the budget of ${nearest.scope}`);
  }
}

/**
 * Ends the current attempt as failed, at its cost, and holds for the next one.
 * Returns the updated call; null when it had ended.
 * @throws {NoRoom} when a budget has no room; nothing is written then.
 */
export function holdAttempt<C extends PaidCall>(
  tx: Tx,
  process: string,
  call: C,
  { cost, next }: { cost: CallCost | null; next: NextAttempt },
): C | null {
  const key = meteringKeys.running(process, call.turn);
  const open = tx.get(key);
  if (open === null) return null;
  const { hold: { day, amount } } = open;
  const failed = lastAttempt(open);
  // The full cost counts, even above the hold: the next attempt must fit in the remaining budget.
  const kept = cost?.usd ?? 0n;
  const more = kept - failed.hold + next.hold;
  const uses = open.budgets.map((budget) => {
    const { spent, held } = counterOf(budget, day).used(tx);
    // Usage by others: without this call's own hold, which is replaced.
    return {
      ...budget,
      spent,
      held: held > budget.held ? held - budget.held : 0n,
      own: budget.held,
    };
  }).filter(isInForce).map(({ own, ...use }) => ({ ...use, held: use.held + own }));
  const exceeded = more > 0n ? exceededBy(uses, more) : null;
  if (exceeded !== null) throw new NoRoom(uses, exceeded);
  for (const budget of open.budgets) counterOf(budget, day).settle(tx, -more, 0n, 0);
  const after = {
    ...call,
    hold: { day, amount: amount + more },
    budgets: open.budgets.map((budget) => ({ ...budget, held: budget.held + more })),
    attempts: [
      ...open.attempts.slice(0, -1),
      { ...failed, state: "failed" as const, hold: kept, cost },
      { ...next, state: "running" as const },
    ],
  };
  tx.set(key, after);
  return after;
}

function insteadOf(
  call: PaidCall,
  model: string,
  provider: string,
): Pick<LedgerEntry, "insteadOf"> {
  // A turn keeps it once another model answers; a reply outside of conversations is just that.
  const [first] = call.kind === "auxiliary" && call.reply ? call.attempts : [];
  const own = call.insteadOf ?? first;
  const same = own === undefined || (own.model === model && own.provider === provider);
  return same ? {} : { insteadOf: `${own.provider}:${own.model}` };
}

function entryOf(
  call: PaidCall,
  { model, provider, simulated }: Attempt,
  { doubt, ...cost }: CallCost,
  at: number,
): LedgerEntry {
  return {
    turn: call.turn,
    at,
    day: call.hold.day,
    tool: call.tool,
    model,
    provider,
    channel: call.channel,
    variant: call.variant,
    input: 0,
    cached: 0,
    output: 0,
    reasoning: 0,
    audioSeconds: 0,
    images: call.images ?? 0,
    simulated,
    ...insteadOf(call, model, provider),
    ...(isApart(call.budgets) ? { apart: true } : {}),
    ...keyOf(call),
    ...cost,
    ...disbelief(doubt),
  };
}

/** The API key among a call's budgets. */
function keyOf({ budgets }: PaidCall): Pick<LedgerEntry, "key"> {
  const key = budgets.find(({ scope }) => scope === "api_key");
  return key === undefined ? {} : { key: key.id };
}
