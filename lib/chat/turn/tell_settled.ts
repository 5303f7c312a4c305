import type { Alert } from "../../metering/alert_records.ts";
import type { Running } from "../../metering/call_records.ts";
import { figuresOfCall } from "../../metering/calls/settled_figures.ts";
import type { EventBus } from "../../platform/event_bus.ts";
import type { Log } from "../../platform/log.ts";
import type { TurnParticipant } from "../participants.ts";
import type { TurnOutcome } from "./turn_outcome.ts";

/** Emits the events of a settled turn, and logs its alerts. */
export function tellSettled(
  { bus, log }: { bus: EventBus; log: Log },
  running: Running,
  outcome: Omit<TurnOutcome, "text">,
  alerts: readonly Alert[],
  participants: readonly TurnParticipant[],
): void {
  const { visitor, tool } = running;
  bus.emit("TurnSettled", { visitor, tool });
  bus.emit("SpendingChanged", { tool });
  const { spent: cost, at, failure, waitedMs, reason } = outcome;
  const ended = failure !== null
    ? "failed"
    : reason === "stopped" || reason === "interrupted"
    ? reason
    : "answered";
  const turn = { failed: failure !== null, waitedMs };
  bus.emit("CallSettled", figuresOfCall(running, { cost, at, turn }, ended));
  for (const participant of participants) participant.settled?.(running);
  for (const alert of alerts) {
    if (alert.scope === "fault") {
      log("error", "Alert", { code: alert.code, name: alert.name, ...alert.params });
    } else {
      const { scope, name, percent } = alert;
      log("warn", "Spending alert", { scope, name, percent });
    }
  }
  if (alerts.length > 0) bus.emit("AlertRaised", {});
}
