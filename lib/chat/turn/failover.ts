import type { Notice, Running } from "../../metering/call_records.ts";
import { lastAttempt } from "../../metering/calls/call_steps.ts";
import { noticeEvent } from "../rules/turn_texts.ts";
import type { LiveTurn } from "./live_turn.ts";

const TOLD = { code: "failed_over" } as const satisfies Notice;

/**
 * The turn with the notice that another model answers, if its last attempt is of another model
 * than its first; the same turn otherwise.
 */
export function toldOfFailover(running: Running): Running {
  const [first] = running.attempts;
  const { provider, model } = lastAttempt(running);
  if (!first || (first.provider === provider && first.model === model)) return running;
  if (running.notices.some((notice) => "code" in notice && notice.code === TOLD.code)) {
    return running;
  }
  const insteadOf = running.insteadOf ?? { provider: first.provider, model: first.model };
  return { ...running, insteadOf, notices: [...running.notices, TOLD] };
}

/** Tells the watchers of a reply, with its first text, that another model answers. */
export function tellFailover(job: { running: Running; live: Pick<LiveTurn, "note"> }): void {
  const told = toldOfFailover(job.running);
  if (told === job.running) return;
  job.running = told;
  job.live.note(noticeEvent(TOLD));
}
