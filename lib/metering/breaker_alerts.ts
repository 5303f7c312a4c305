import type { BreakerChange, Breakers } from "../llm/breaker.ts";
import { type FaultDeps, raiseFault } from "./spending_alerts.ts";

/** Logs models that are left alone and asked again, and alerts where a person must act. */
export function watchBreakers(deps: FaultDeps & { breakers: Breakers }): void {
  deps.breakers.onChange((change) => {
    const { phase, from } = change;
    if (phase === "open" && from !== "open") opened(deps, change);
    if (phase === "closed") {
      const { provider, model } = change;
      deps.log("info", "A model is asked again", { provider, model });
    }
  });
}

function opened(
  deps: FaultDeps,
  { provider, model, until, fault, told, needsPerson }: BreakerChange,
) {
  const again = until === null ? "never" : new Date(until).toISOString();
  deps.log("warn", "A model is not asked for now", { provider, model, fault, until: again, told });
  // An empty account has an alert of its own, see provider_failures.ts.
  if (needsPerson && fault !== "account_empty") void raiseFault(deps, "key_refused", provider);
}
