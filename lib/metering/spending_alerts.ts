import type { Doubt } from "./rules/claims.ts";
import type { NanoUsd } from "../shared/money.ts";
import type { Alert, Fault, FaultAlert } from "./alert_records.ts";
import type { Notice } from "./call_records.ts";
import { type DayTotal, meteringKeys } from "./records.ts";
import { countedOf } from "./ledger.ts";
import type { Transactions, Tx } from "../store/transactions.ts";
import type { Clock } from "../platform/clock.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Log } from "../platform/log.ts";

export interface FaultDeps {
  store: { transactions: Transactions };
  clock: Clock;
  calendar: Calendar;
  log: Log;
}

/** When alerts are raised. */
export interface AlertThresholds {
  /** What a conversation costs when its person is told; 0 for never. */
  sessionAt: NanoUsd;
  /** Shares of a ceiling, in percent. */
  shares: readonly number[];
}

/** What a person is told when a conversation has become dear. */
export function sessionNotice(session: NanoUsd): Notice {
  return { code: "alert", session };
}

/** Writes alerts down beside what caused them; who sends them is settled elsewhere. */
export function recordAlerts(
  tx: Tx,
  day: string,
  alerts: readonly Alert[],
  conversation = "",
): void {
  for (const alert of alerts) {
    tx.set(meteringKeys.alert(day, alertName(alert, conversation)), alert);
  }
}

/** Names an alert within its day: given again, it is the same one. */
export function alertName(alert: Alert, conversation: string): string {
  if (alert.scope === "fault") return `${alert.code} ${alert.name}`;
  const { scope, name, percent, ceiling } = alert;
  if (scope === "session") return `${scope} ${conversation} ${percent}`;
  // A ceiling that is raised during the day warns anew as it comes near.
  return `${scope} ${name} ${percent} ${ceiling}`;
}

/** An alert of a fault. It counts once a day for each name. */
export function faultAlert(
  at: number,
  code: Fault,
  name: string,
  params: FaultAlert["params"] = {},
): FaultAlert {
  return { at, scope: "fault", code, name, params };
}

/** The alert of figures that cannot be true, or are above what was held; none without a doubt. */
export function doubtAlert(
  at: number,
  { provider, model, doubt }: { provider: string; model: string; doubt: Doubt | null },
): FaultAlert[] {
  if (doubt === null) return [];
  const { code, why, booked } = doubt;
  return [faultAlert(at, code, `${model} (${provider})`, { why, booked })];
}

/**
 * Writes down a fault that nothing else is written with, and logs it; one that
 * cannot be written is logged alone. Raised again the same day it changes nothing.
 */
export async function raiseFault(
  { store, clock, calendar, log }: FaultDeps,
  code: Fault,
  name: string,
  params: FaultAlert["params"] = {},
): Promise<void> {
  log("error", "Alert", { code, name, ...params });
  const now = clock();
  const alert = faultAlert(now, code, name, params);
  const day = calendar.dayOf(now);
  const key = meteringKeys.alert(day, alertName(alert, ""));
  try {
    await store.transactions.run([key], (tx) => {
      if (tx.get(key) === null) tx.set(key, alert);
    });
  } catch {
    log("warn", "An alert could not be written down", { code, name });
  }
}

/** The steps of its ceiling that a scope's spending has just come to. */
export function crossedThresholds(
  scope: "tool" | "organisation",
  name: string,
  ceiling: NanoUsd | null,
  before: DayTotal,
  after: DayTotal,
  { at, shares }: { at: number; shares: readonly number[] },
): Alert[] {
  if (ceiling === null || ceiling === 0n) return [];
  return shares
    .filter((percent) => {
      const step = ceiling * BigInt(percent);
      return countedOf(before) * 100n < step && countedOf(after) * 100n >= step;
    })
    .map((percent) => ({ at, scope, name, percent, spent: countedOf(after), ceiling }));
}
