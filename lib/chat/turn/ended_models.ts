import type { ModelCatalogue } from "../../llm/catalogue.ts";
import type { ModelRef } from "../../llm/rules/model_ref.ts";
import { type FaultDeps, raiseFault } from "../../metering/spending_alerts.ts";
import { AppError } from "../../platform/errors.ts";
import type { Tool } from "../../tools/rules/tool.ts";

/**
 * Refuses a turn whose model has ended, and alerts the admins, once a day for each model.
 * @throws {AppError} `unavailable`
 */
export function refuseEnded(
  deps: FaultDeps & { catalogue: ModelCatalogue },
  { name }: Pick<Tool, "name">,
  ref: ModelRef,
): void {
  const { endsOn, ended, replacement } = deps.catalogue.entry(ref);
  if (!ended || endsOn === null) return;
  const { model } = ref;
  void raiseFault(deps, "model_ended", model, {
    on: endsOn,
    days: 0,
    tools: name,
    replacement: replacement?.model ?? "",
  });
  throw new AppError("unavailable", { code: "model.ended", model }, { retryable: false });
}
