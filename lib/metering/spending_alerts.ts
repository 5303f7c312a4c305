import type { Doubt } from "./rules/claims.ts";
import type { NanoUsd } from "../shared/money.ts";
import type { Alert, Fault, FaultAlert, SpendingAlert } from "./alert_records.ts";
import type { Notice } from "./call_records.ts";
import { type BoundScope, type DayTotal, meteringKeys } from "./records.ts";
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

/** Thresholds that raise alerts. */
export interface AlertThresholds {
  /** Cost of a conversation at which its person is told; 0 for never. */
  sessionAt: NanoUsd;
  /** Shares of a ceiling, in percent. */
  shares: readonly number[];
}

/** Notice to a person that their conversation has become expensive. */
export function sessionNotice(session: NanoUsd): Notice {
  return { code: "alert", session };
}

/** Writes alerts in the transaction of their cause; sending is decided elsewhere. */
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

/** Unique name of an alert within its day: raised again, it is the same one. */
function alertName(alert: Alert, conversation: string): string {
  if (alert.scope === "fault") return `${alert.code} ${alert.name}`;
  const { scope, name, window, percent, ceiling } = alert;
  if (scope === "session") return `${scope} ${conversation} ${percent}`;
  // Includes the ceiling: one raised during the day warns again.
  const of = window === "month" ? ` ${window}` : "";
  return `${scope} ${name} ${percent} ${ceiling}${of}`;
}

/** Alert of a fault, counted once a day for each name. */
export function faultAlert(
  at: number,
  code: Fault,
  name: string,
  params: FaultAlert["params"] = {},
): FaultAlert {
  return { at, scope: "fault", code, name, params };
}

/** Alert of impossible figures, or of a bill above the hold; null without a doubt. */
export function doubtAlert(
  at: number,
  { provider, model, doubt }: { provider: string; model: string; doubt: Doubt | null },
): FaultAlert[] {
  if (doubt === null) return [];
  const { code, why, booked } = doubt;
  return [faultAlert(at, code, `${model} (${provider})`, { why, booked })];
}

/**
 * Logs a fault and writes its alert in a commit of its own; if that fails, it is only
 * logged. Raised again on the same day, it has no effect.
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
    log("warn", "An alert could not be stored", { code, name });
  }
}

/** The percentages of its ceiling that a scope's spending has just reached. */
export function crossedThresholds(
  { shares, ...reached }: Pick<SpendingAlert, "at" | "name" | "window"> & {
    scope: BoundScope;
    shares: readonly number[];
  },
  ceiling: NanoUsd | null,
  before: DayTotal,
  after: DayTotal,
): Alert[] {
  if (ceiling === null || ceiling === 0n) return [];
  const spent = countedOf(after);
  return shares
    .filter((percent) => {
      const step = ceiling * BigInt(percent);
      return countedOf(before) * 100n < step && spent * 100n >= step;
    })
    .map((percent) => ({ ...reached, percent, spent, ceiling }));
}
