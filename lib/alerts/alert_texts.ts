import { dearConversations, FAULT_ALERTS, spendingAlert } from "../locales/admin/alerts.ts";
import type { Alert, SpendingAlert } from "../metering/alert_records.ts";

/** An alert in a sentence; `tool` is the name of its tool. */
export function alertSentence(alert: Alert, tool: string): string {
  return alert.scope === "fault"
    ? FAULT_ALERTS[alert.code](alert.name, alert.params)
    : spendingAlert(alert, tool);
}

/** Whether an alert is a fault or a reached ceiling, not a warning or a high cost. */
export function isReached(alert: Alert): boolean {
  return alert.scope === "fault" || (alert.scope !== "session" && alert.percent >= 100);
}

/** Alerts of the same text as one line. */
export interface AlertLine {
  /** Time of the latest one. */
  at: number;
  text: string;
  reached: boolean;
  /** Number of alerts. */
  count: number;
}

/** A day's alerts as lines, newest first; costly conversations with a tool are one line. */
export function alertLines(
  alerts: readonly Alert[],
  nameOf: (toolId: string) => string,
): AlertLine[] {
  const costly = new Map<string, SpendingAlert[]>();
  const lines: AlertLine[] = [];
  for (const alert of alerts) {
    if (alert.scope === "session") {
      const others = costly.get(alert.name);
      if (others) others.push(alert);
      else costly.set(alert.name, [alert]);
    } else {
      const text = alertSentence(alert, nameOf(alert.name));
      lines.push({ at: alert.at, text, reached: isReached(alert), count: 1 });
    }
  }
  for (const [tool, sessions] of costly) {
    const at = Math.max(...sessions.map((session) => session.at));
    lines.push({
      at,
      text: costlySentence(sessions, nameOf(tool)),
      reached: false,
      count: sessions.length,
    });
  }
  return lines.sort((a, b) => b.at - a.at);
}

function costlySentence(sessions: readonly SpendingAlert[], tool: string): string {
  const [first, ...more] = sessions.toSorted((a, b) => Number(b.spent - a.spent));
  if (first === undefined) return "";
  if (more.length === 0) return alertSentence(first, tool);
  return dearConversations(sessions.length, tool, first.spent);
}
