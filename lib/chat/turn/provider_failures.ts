import type { FailedProvider, ProviderError } from "../../llm/provider.ts";
import type { Running } from "../../metering/records.ts";
import type { Deps } from "../../deps.ts";
import { raiseFault } from "../../metering/spending_alerts.ts";

/** Logs a provider of a chain that failed before another one was asked. */
export function noteAttempt(
  deps: Deps,
  { turn, model }: Pick<Running, "turn" | "model">,
  { provider, error }: FailedProvider,
): void {
  const { fault, message } = error;
  deps.log("warn", "A provider failed", { turn, model, provider, fault, error: message });
  alarm(deps, provider, error);
}

/** Tells an administrator of a failure that only the organisation can mend; logs those before it. */
export function noteFailure(
  deps: Deps,
  running: Pick<Running, "turn" | "model">,
  provider: string,
  error: ProviderError,
): void {
  for (const attempt of error.details.before ?? []) noteAttempt(deps, running, attempt);
  alarm(deps, error.details.provider ?? provider, error);
}

function alarm(deps: Deps, provider: string, { fault }: ProviderError): void {
  if (fault === "account_empty") void raiseFault(deps, "account_empty", provider);
}
