import { formatUsd } from "../shared/money.ts";
import type { Alert, FaultAlert, SpendingAlert } from "../store/alert_records.ts";

/** What an alert says, in a sentence; `tool` is the name of the tool that it is about. */
export function alertSentence(alert: Alert, tool: string): string {
  return alert.scope === "fault" ? faultSentence(alert) : spendingSentence(alert, tool);
}

/** Whether an alert tells of something that has happened, not of something that comes near. */
export function isReached(alert: Alert): boolean {
  return alert.scope === "fault" || alert.percent >= 100;
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
