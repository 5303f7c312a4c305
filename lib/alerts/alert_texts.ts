import { formatUsd } from "../shared/money.ts";
import type { Alert, FaultAlert, SpendingAlert } from "../metering/alert_records.ts";

/** What an alert says, in a sentence; `tool` is the name of the tool that it is about. */
export function alertSentence(alert: Alert, tool: string): string {
  return alert.scope === "fault" ? faultSentence(alert) : spendingSentence(alert, tool);
}

/** Whether something is at a standstill or wrong, not only dear or near its ceiling. */
export function isReached(alert: Alert): boolean {
  return alert.scope === "fault" || (alert.scope !== "session" && alert.percent >= 100);
}

/** One line about alerts that say the same. */
export interface AlertLine {
  /** The latest of them. */
  at: number;
  text: string;
  reached: boolean;
  /** How many they are. */
  count: number;
}

/** A day's alerts in lines, the latest first; dear conversations with a tool are one line. */
export function alertLines(
  alerts: readonly Alert[],
  nameOf: (toolId: string) => string,
): AlertLine[] {
  const dear = new Map<string, SpendingAlert[]>();
  const lines: AlertLine[] = [];
  for (const alert of alerts) {
    if (alert.scope === "session") {
      const others = dear.get(alert.name);
      if (others) others.push(alert);
      else dear.set(alert.name, [alert]);
    } else {
      const text = alertSentence(alert, nameOf(alert.name));
      lines.push({ at: alert.at, text, reached: isReached(alert), count: 1 });
    }
  }
  for (const [tool, sessions] of dear) {
    const at = Math.max(...sessions.map((session) => session.at));
    lines.push({
      at,
      text: dearSentence(sessions, nameOf(tool)),
      reached: false,
      count: sessions.length,
    });
  }
  return lines.sort((a, b) => b.at - a.at);
}

function dearSentence(sessions: readonly SpendingAlert[], tool: string): string {
  const [first, ...more] = sessions.toSorted((a, b) => Number(b.spent - a.spent));
  if (first === undefined) return "";
  if (more.length === 0) return alertSentence(first, tool);
  return `${sessions.length} conversations with ${tool} passed the limit for an alert. The most expensive has cost ${
    formatUsd(first.spent)
  }.`;
}

function spendingSentence({ scope, percent, spent, ceiling }: SpendingAlert, tool: string): string {
  if (scope === "session") return `A conversation with ${tool} has cost ${formatUsd(spent)}.`;
  const whose = scope === "organisation" ? "All tools together have" : `${tool} has`;
  return `${whose} come to ${percent}% of the day's ceiling: ${formatUsd(spent)} of ${
    formatUsd(ceiling)
  }.`;
}

function faultSentence({ code, name, params }: FaultAlert): string {
  switch (code) {
    case "usage_not_believed":
      return `${name} reported figures that cannot be true (${params.why}). ` +
        (params.booked === "estimate"
          ? "An estimate of what it cost was booked instead."
          : "The most it may have cost was booked instead.");
    case "usage_above_hold":
      return `${name} billed more than the most that was expected. It was booked in full; ` +
        "check the model's price and context.";
    case "account_empty":
      return `The account at ${name} has no money left, so replies fail. Add credit there.`;
    case "clock_jumped":
      return `The server's clock jumped by ${params.days} days. Nothing is deleted by age until ` +
        "it is right again.";
    case "store_not_writable":
      return "The store takes no writes. Check the disk's free space and the data folder's rights.";
    case "no_ceiling":
      return "Nothing limits what all tools together may cost in a day. Set a ceiling under Limits.";
  }
}
