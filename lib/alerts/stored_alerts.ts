import type { Alert } from "../metering/alert_records.ts";
import { meteringKeys } from "../metering/records.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";

/** A raised alert and its delivery. */
export interface RaisedAlert {
  day: string;
  name: string;
  alert: Alert;
}

export interface SentAlert extends RaisedAlert {
  /** Number of attempts. */
  tries: number;
  sent: boolean;
}

/** Alerts, written in the commit of their cause, and claims to send them. */
export class Alerts {
  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** All alerts of a day, unordered. */
  async ofDay(day: string): Promise<RaisedAlert[]> {
    const rows = await this.kv.list(
      { prefix: ["alert", day] },
      (path) => meteringKeys.alert(String(path[1]), String(path[2])),
    );
    return rows.map(({ path, value }) => ({ day, name: String(path[2]), alert: value }));
  }

  /** Alerts from a day on, newest first, each with whether it was sent. */
  async since(day: string, limit: number): Promise<SentAlert[]> {
    const rows = await this.kv.list(
      { prefix: ["alert"], start: ["alert", day] },
      (path) => meteringKeys.alert(String(path[1]), String(path[2])),
      { limit, reverse: true },
    );
    const raised = rows.map(({ path, value }) => ({
      day: String(path[1]),
      name: String(path[2]),
      alert: value,
    }));
    const states = await this.kv.getMany(
      raised.map((each) => meteringKeys.alertSent(each.day, each.name)),
    );
    return raised
      .map((each, i) => ({ ...each, tries: 0, sent: false, ...states[i]?.value }))
      .sort((a, b) => b.alert.at - a.alert.at);
  }

  /**
   * Claims an alert for sending until a given time, after which any process may retry.
   * False if it is sent, claimed, or out of attempts.
   */
  claim(
    { day, name }: RaisedAlert,
    now: number,
    until: number,
    maxTries: number,
  ): Promise<boolean> {
    const key = meteringKeys.alertSent(day, name);
    return this.transactions.run([key], (tx) => {
      const before = tx.get(key);
      const taken = before !== null &&
        (before.sent || before.claimedUntil > now || before.tries >= maxTries);
      if (taken) return false;
      tx.set(key, { claimedUntil: until, tries: (before?.tries ?? 0) + 1, sent: false });
      return true;
    });
  }

  async sent({ day, name }: RaisedAlert): Promise<void> {
    const key = meteringKeys.alertSent(day, name);
    await this.transactions.run([key], (tx) => {
      const before = tx.get(key);
      tx.set(key, { claimedUntil: 0, tries: before?.tries ?? 1, sent: true });
    });
  }
}
