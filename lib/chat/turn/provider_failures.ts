import type { Usage } from "../../llm/rules/prices.ts";
import { type FailedAttempt, ProviderError } from "../../llm/provider.ts";
import type { PaidCall } from "../../metering/call_records.ts";
import { lastAttempt } from "../../metering/calls/call_steps.ts";
import { type FaultDeps, raiseFault } from "../../metering/spending_alerts.ts";

/** Logs a failed provider of a chain before the next one is asked. */
export function logFailedAttempt(
  deps: FaultDeps,
  { turn }: Pick<PaidCall, "turn">,
  { provider, model, error, maySpend }: FailedAttempt,
): void {
  const { fault, message } = error;
  deps.log("warn", "A provider failed", { turn, model, provider, fault, maySpend, error: message });
  reportFailure(deps, provider, error);
}

export function logFailedReply(
  deps: FaultDeps,
  call: Pick<PaidCall, "turn" | "attempts">,
  error: unknown,
): void {
  const { provider, model } = lastAttempt(call);
  const known = error instanceof ProviderError;
  if (known) reportFailure(deps, provider, error);
  deps.log("warn", "A reply failed", {
    turn: call.turn,
    model,
    fault: known ? error.fault : "internal",
    error: known ? error.message : nameOf(error),
  });
}

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Alerts administrators of a failure that only the organisation can resolve. */
function reportFailure(deps: FaultDeps, provider: string, { fault }: ProviderError): void {
  if (fault === "account_empty") void raiseFault(deps, "account_empty", provider);
}

/** Logs a doubtful usage claim. */
export function logOddUsage(
  { log }: FaultDeps,
  { turn, model }: Pick<PaidCall, "turn" | "model">,
  claim: Usage | null,
): void {
  const told = Object.entries(claim ?? {}).map(([name, count]) => [name, String(count)]);
  log("warn", "A provider's usage claim is doubtful", { turn, model, ...Object.fromEntries(told) });
}
