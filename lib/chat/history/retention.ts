import { retentionDays } from "../../settings/retention_days.ts";
import { familiesOf, FIRST_PLACE, type Retention } from "./expired.ts";
import type { DataDeletion } from "./data_deletion.ts";
import type { TurnParticipant } from "../participants.ts";
import { ClockMonitor } from "../../store/clock_monitor.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import { sparingLog } from "../../platform/sparing_log.ts";
import type { ProcessRegistry } from "../../store/process_registry.ts";
import type { StoredSettings } from "../../settings/stored_settings.ts";

interface Needs {
  store: { processes: ProcessRegistry; retention: Retention; settings: StoredSettings };
  clock: Clock;
  log: Log;
}

const STEP_MS = 5_000;
/** Lifetime of the claim between two steps. */
const CLAIM_MS = 60_000;
/** Interval between two walks. */
const AGAIN_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Most conversations that one step reads, and deletes. */
const LOOKED = 500;
const ERASED = 50;

/**
 * Deletes conversations and other records past their retention.
 * None of it uses the store's own expiry: that trusts the clock, and a clock that jumps would
 * delete everything.
 */
export class RetentionSweep {
  private timer: ReturnType<typeof setInterval> | undefined;
  private round: Promise<void> = Promise.resolve();
  private position = FIRST_PLACE;
  private readonly families;
  private readonly log: Log;

  constructor(
    private readonly deps: Needs,
    private readonly deletion: Pick<DataDeletion, "expire">,
    participants: readonly TurnParticipant[],
    private readonly watch = new ClockMonitor(deps),
  ) {
    this.families = familiesOf(participants);
    this.log = sparingLog(deps.log);
  }

  /** Reason why deletion is suspended; null when it is not. */
  get doubt(): string | null {
    return this.watch.doubt;
  }

  start(): void {
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.step()).then(() => {}, () => {
        this.log("warn", "The retention sweep failed");
      });
    }, STEP_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  /** Reads a batch and deletes the expired conversations. Returns their number. */
  async step(): Promise<number> {
    const { store, clock } = this.deps;
    if (!await this.watch.isTrusted()) return 0;
    const days = retentionDays(this.deps);
    const now = clock();
    const { self } = store.processes;
    const mine = await store.retention.claim(self, days, now, now + CLAIM_MS, now - AGAIN_MS);
    if (!mine) {
      this.position = FIRST_PLACE;
      return 0;
    }
    const { conversations, rows, next } = await store.retention.piece(
      this.families,
      this.position,
      LOOKED,
    );
    const old = conversations.filter(({ usedAt, running }) =>
      !running && usedAt < now - days * DAY_MS
    );
    for (const { visitor, tool, conversation } of old.slice(0, ERASED)) {
      await this.deletion.expire(visitor, tool, conversation);
    }
    await store.retention.drop(rows.filter(({ until }) => until < now), now);
    // The rest of this batch is read again in the next step.
    if (old.length > ERASED) return ERASED;
    this.position = next ?? FIRST_PLACE;
    if (next === null) await store.retention.finished(self, days, now);
    return old.length;
  }
}
