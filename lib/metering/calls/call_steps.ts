import type { Alert } from "../alert_records.ts";
import { bookCost, bookReply, countTurn, disbelief, readsToBook } from "../booking.ts";
import { ceilingsOf, isApart, readsFor } from "../budgets.ts";
import type { Attempt, CallCost, PaidCall } from "../call_records.ts";
import { counterOf } from "../counters.ts";
import type { EndedTurn } from "../hours.ts";
import { type LedgerEntry, meteringKeys } from "../records.ts";
import { type BudgetUse, exceededBy, isInForce } from "../rules/budget.ts";
import type { Key } from "../../store/key.ts";
import type { Tx } from "../../store/transactions.ts";
import { doubtAlert } from "../spending_alerts.ts";
import type { NanoUsd } from "../../shared/money.ts";

/*
 * A paid call is held → running → settled or released. Its record stands as long as it runs; what
 * it holds is in the counters of its budgets. These are the steps of that, to be taken in the
 * transaction of whatever else happens with it.
 */

/** How a call ended. */
export interface Settlement {
  /** What its last attempt cost; null when that was nothing: the call is released. */
  cost: CallCost | null;
  at: number;
  /** The hour, on the organisation's wall, in which it began. */
  hour: number;
  /** The percentages of a ceiling that are alerts. */
  shares: readonly number[];
  /** Of a turn: how it went, for its hour. */
  turn?: Pick<EndedTurn, "failed" | "waitedMs">;
}

/** What a settlement came to. */
export interface SettledCall {
  /** What all its attempts cost. */
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

/** The attempts that failed, with what they cost. */
function failedAttempts({ attempts }: Pick<PaidCall, "attempts">) {
  return attempts.flatMap((attempt, i) =>
    attempt.state === "failed" ? [{ attempt, cost: attempt.cost, number: i + 1 }] : []
  );
}

/** What all attempts of a call cost together, by the cost of the last one. */
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
 * Settles a call: its hold is given back, and each attempt that may have been billed becomes an
 * entry of the ledger, the last under the call's id. A call ends once: null when it had ended.
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
  const booking = { hour, ceilings: ceilingsOf(call.budgets), shares };
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
  // What is held is what the record says: an attempt may have been added whose answer was lost.
  for (const budget of open.budgets) {
    counterOf(budget, day).settle(tx, budget.held, total.usd);
  }
  return { ...total, alerts };
}

/** Counts fees that were spent with a call, and have entries of their own, in its other budgets. */
export function countFees(tx: Tx, { budgets, hold }: PaidCall, fees: NanoUsd): void {
  if (fees === 0n) return;
  for (const budget of budgets) counterOf(budget, hold.day).settle(tx, 0n, fees, 0);
}

/** A provider that is asked next, and the most that it can cost. */
export type NextAttempt = Pick<Attempt, "provider" | "model" | "simulated" | "price" | "hold">;

/** A further attempt has no room in this budget. */
export class NoRoom extends Error {
  override name = "NoRoom";
  constructor(readonly uses: readonly BudgetUse[], readonly nearest: BudgetUse) {
    super(`No room in the budget of ${nearest.scope}`);
  }
}

/**
 * Ends the attempt under way of a call as failed, for what it cost, and holds for the next one.
 * Returns the call as it stands then; null when it had ended.
 * @throws {NoRoom} when a budget has no room; then nothing changes.
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
  const kept = cost === null ? 0n : cost.usd < failed.hold ? cost.usd : failed.hold;
  const more = kept - failed.hold + next.hold;
  const uses = open.budgets.map((budget) => {
    const { spent, held } = counterOf(budget, day).used(tx);
    // What others use: the call's own hold is replaced.
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
    images: call.kind === "turn" ? call.images ?? 0 : 0,
    simulated,
    ...(isApart(call.budgets) ? { apart: true } : {}),
    ...cost,
    ...disbelief(doubt),
  };
}
