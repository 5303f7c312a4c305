import type { Usage } from "../../llm/rules/prices.ts";
import type { FailedAttempt, ProviderError } from "../../llm/provider.ts";
import type { Running } from "../../metering/call_records.ts";
import type { Deps } from "../../deps.ts";
import { raiseFault } from "../../metering/spending_alerts.ts";

/** Logs a provider of a chain that failed before the next one was asked. */
export function noteFailedAttempt(
  deps: Deps,
  { turn }: Pick<Running, "turn">,
  { provider, model, error, maySpend }: FailedAttempt,
): void {
  const { fault, message } = error;
  deps.log("warn", "A provider failed", { turn, model, provider, fault, maySpend, error: message });
  noteFailure(deps, provider, error);
}

/** Alerts the administrators of a failure that only the organisation can mend. */
export function noteFailure(deps: Deps, provider: string, { fault }: ProviderError): void {
  if (fault === "account_empty") void raiseFault(deps, "account_empty", provider);
}

/** Logs figures of a provider that are odd. */
export function noteOddity(
  { log }: Pick<Deps, "log">,
  { turn, model }: Pick<Running, "turn" | "model">,
  claim: Usage | null,
): void {
  const told = Object.entries(claim ?? {}).map(([name, count]) => [name, String(count)]);
  log("warn", "A provider told odd figures", { turn, model, ...Object.fromEntries(told) });
}
