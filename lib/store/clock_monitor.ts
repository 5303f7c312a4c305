import { HEALTH } from "../locales/admin/reports.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";

interface Needs {
  store: {
    retention: { lastSeen(): Promise<number | null>; noteSeen(now: number): Promise<void> };
  };
  clock: Clock;
  log: Log;
}

const DAY_MS = 24 * 60 * 60_000;
/** A clock that is off by more than this against the time that went by is not believed. */
const JUMP_MS = DAY_MS;
/** A new time that has held for so long is believed after all. */
const TRUST_MS = DAY_MS / 4;
/** How often it is noted what time it was, for the next start. */
const NOTE_MS = 60_000;

/** The clock, and how many milliseconds went by since some beginning, whatever it was set to. */
interface Reading {
  wall: number;
  steady: number;
}

/**
 * Whether the clock can be believed, for what deletes by the clock: a clock that
 * is set to next year for a minute must not delete a year of conversations. It is
 * compared with the time that went by while the program runs, and at the start
 * with when it last ran.
 */
export class ClockMonitor {
  private believed: Reading | null = null;
  private doubted: Reading | null = null;
  private notedAt = -Infinity;

  constructor(
    private readonly deps: Needs,
    private readonly steady = () => performance.now(),
  ) {}

  /** What is wrong with the clock, in words for anybody; null when nothing is. */
  get doubt(): string | null {
    return this.doubted === null ? null : HEALTH.clock;
  }

  /** Looks at it now; to be called often. */
  async isTrusted(): Promise<boolean> {
    const { clock, log, store } = this.deps;
    const now = { wall: clock(), steady: this.steady() };
    this.believed ??= { wall: await store.retention.lastSeen() ?? now.wall, steady: now.steady };
    const off = offBetween(this.believed, now);
    if (Math.abs(off) > JUMP_MS && !this.holds(now)) {
      if (this.doubted === null || Math.abs(offBetween(this.doubted, now)) > JUMP_MS) {
        this.doubted = now;
        log("error", "The clock jumped: nothing old is deleted until it is right, or has held", {
          days: Math.round(off / DAY_MS),
          hours: TRUST_MS / 3_600_000,
        });
      }
      return false;
    }
    if (this.doubted !== null) log("warn", "The clock is believed again");
    this.doubted = null;
    this.believed = now;
    if (now.steady - this.notedAt >= NOTE_MS) {
      this.notedAt = now.steady;
      await store.retention.noteSeen(now.wall);
    }
    return true;
  }

  /** Whether the time that is doubted has gone on as a clock does, for long enough. */
  private holds(now: Reading): boolean {
    const { doubted } = this;
    return doubted !== null && Math.abs(offBetween(doubted, now)) <= JUMP_MS &&
      now.steady - doubted.steady >= TRUST_MS;
  }
}

/** Milliseconds that the clock has gained between two readings. */
function offBetween(from: Reading, to: Reading): number {
  return (to.wall - from.wall) - (to.steady - from.steady);
}
