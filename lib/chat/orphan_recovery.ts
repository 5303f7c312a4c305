import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { Log } from "../platform/log.ts";
import { isBlank } from "../llm/rules/reply_text.ts";
import { recoverOrphans } from "../metering/calls/orphaned_calls.ts";
import type { Running } from "../metering/call_records.ts";
import { observedUsage } from "../metering/calls/reply_cost.ts";
import type { Kv } from "../store/kv.ts";
import type { ProcessRegistry } from "../store/process_registry.ts";
import { interrupted } from "./failures.ts";
import { chatKeys } from "./records.ts";
import type { TurnParticipant } from "./participants.ts";
import type { Replies } from "./turn/replies.ts";
import { toldOfFailover } from "./turn/failover.ts";
import { spentOn } from "./turn/reply_ends.ts";
import { type SettleDeps, settleOrTruncate } from "./turn/settle_or_truncate.ts";
import type { TurnOutcome } from "./turn/turn_outcome.ts";
import { tellSettled } from "./turn/tell_settled.ts";

interface Needs extends SettleDeps {
  store: SettleDeps["store"] & { kv: Kv; processes: ProcessRegistry };
  bus: EventBus;
  calendar: Calendar;
  clock: Clock;
  log: Log;
}

/** Settles the turns that a lost process left behind. */
export function recoverTurns(
  deps: Needs,
  replies: Pick<Replies, "live">,
  participants: readonly TurnParticipant[],
): void {
  recoverOrphans<Running>(deps, {
    settles: (call) => call.kind === "turn",
    isLive: ({ turn }) => replies.live(turn) !== undefined,
    settle: (process, running) => settleOrphan(deps, process, running, participants),
  });
}

/** Keeps the streamed text, books it by estimate, and releases the rest of the hold. */
async function settleOrphan(
  deps: Needs,
  process: string,
  found: Running,
  participants: readonly TurnParticipant[],
): Promise<void> {
  const { store, clock, calendar, log } = deps;
  const { value } = await store.kv.get(chatKeys.progress(found.turn));
  const { text: kept, thinking } = value ?? { text: "", thinking: 0 };
  const text = isBlank(kept) ? "" : kept;
  const running = text === "" ? found : toldOfFailover(found);
  // A turn of this process that it does not run was never sent to a provider; one of a lost process
  // may have been, and then its prompt is billed even without a word of reply.
  const neverSent = process === store.processes.self && kept === "" && thinking === 0;
  const spent = neverSent ? null : spentOn(running, {
    claim: null,
    seen: observedUsage(kept, thinking),
    promptLength: 0,
    context: null,
    reason: null,
  });
  const outcome: TurnOutcome = {
    text,
    reason: "interrupted",
    at: clock(),
    hour: calendar.hourOf(running.startedAt),
    waitedMs: null,
    spent: spent && { ...spent, basis: "estimated" },
    failure: interrupted(),
    followed: false,
    progressKept: true,
  };
  const { settled } = await settleOrTruncate(deps, { process, running, outcome, participants });
  if (settled === null) return;
  log("warn", "Settled the turn of a lost process", {
    turn: running.turn,
    streamed: text.length,
  });
  tellSettled(deps, running, outcome, settled.alerts, participants);
}
