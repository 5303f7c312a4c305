import { formatUsd, type NanoUsd } from "../shared/money.ts";
import { type Alert, type DayTotal, keys, type Notice } from "../store/keys.ts";
import type { Tx } from "../store/transactions.ts";

/** When alerts are raised. */
export interface Alerting {
  /** What a conversation costs when its person is told; 0 for never. */
  sessionAt: NanoUsd;
  /** Shares of a ceiling, in percent. */
  shares: readonly number[];
}

/** What a person is told when a conversation has become dear. */
export function sessionNotice(session: NanoUsd): Notice {
  return {
    kind: "alert",
    text: `This conversation has cost ${
      formatUsd(session)
    } so far. A new conversation costs less, for less of it is sent along with each message.`,
  };
}

/** Writes alerts down beside what caused them; who sends them is settled elsewhere. */
export function raise(tx: Tx, day: string, alerts: readonly Alert[], conversation = ""): void {
  for (const alert of alerts) {
    tx.set(keys.alert(day, alertName(alert, conversation)), alert);
  }
}

/** Names an alert within its day: given again, it is the same one. */
export function alertName(alert: Alert, conversation: string): string {
  const whom = alert.scope === "session" ? conversation : alert.name;
  return `${alert.scope} ${whom} ${alert.percent}`;
}

/** The steps of its ceiling that a scope's spending has just come to. */
export function crossed(
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
      return before.spent * 100n < step && after.spent * 100n >= step;
    })
    .map((percent) => ({ at, scope, name, percent, spent: after.spent, ceiling }));
}
