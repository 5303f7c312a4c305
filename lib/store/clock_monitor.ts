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
/** A clock that differs by more than this from the elapsed time is not trusted. */
const JUMP_MS = DAY_MS;
/** A new time that holds this long is trusted. */
const TRUST_MS = DAY_MS / 4;
/** Interval at which the time is stored for the next start, in ms. */
const NOTE_MS = 60_000;

/** The clock, and a monotonic time in ms. */
interface Reading {
  wall: number;
  steady: number;
}

/**
 * Whether the clock can be trusted by what deletes old records: a clock set to next year for a
 * minute must not delete a year of conversations. It is compared with the elapsed time while the
 * program runs, and at the start with the last stored time.
 */
export class ClockMonitor {
  private trusted: Reading | null = null;
  private doubted: Reading | null = null;
  private notedAt = -Infinity;

  constructor(
    private readonly deps: Needs,
    private readonly steady = () => performance.now(),
  ) {}

  /** The problem with the clock as a sentence; null when there is none. */
  get doubt(): string | null {
    return this.doubted === null ? null : HEALTH.clock;
  }

  /** Checks the clock now; call it often. */
  async isTrusted(): Promise<boolean> {
    const { clock, log, store } = this.deps;
    const now = { wall: clock(), steady: this.steady() };
    this.trusted ??= { wall: await store.retention.lastSeen() ?? now.wall, steady: now.steady };
    const off = offBetween(this.trusted, now);
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
    if (this.doubted !== null) log("warn", "The clock is trusted again");
    this.doubted = null;
    this.trusted = now;
    if (now.steady - this.notedAt >= NOTE_MS) {
      this.notedAt = now.steady;
      await store.retention.noteSeen(now.wall);
    }
    return true;
  }

  /** Whether the doubted time has advanced normally for long enough. */
  private holds(now: Reading): boolean {
    const { doubted } = this;
    return doubted !== null && Math.abs(offBetween(doubted, now)) <= JUMP_MS &&
      now.steady - doubted.steady >= TRUST_MS;
  }
}

/** Milliseconds the clock gained against the elapsed time between two readings. */
function offBetween(from: Reading, to: Reading): number {
  return (to.wall - from.wall) - (to.steady - from.steady);
}
