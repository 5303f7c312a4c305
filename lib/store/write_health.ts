import { HEALTH } from "../locales/admin/reports.ts";
import { DefiniteWriteError, errorMessage } from "./faults.ts";
import type { Report } from "./key.ts";

/** A success this recent is enough, in ms; each process writes its heartbeat more often. */
const FRESH_MS = 20_000;
/** How long the result of a trial holds, in ms. */
const TRIAL_MS = 2_000;
/** At most one log line for failures in this time, in ms. */
const QUIET_MS = 10_000;

/**
 * Health of the store's writes. Real writes tell, so that a check costs no write of its own; after
 * a failure, a trial as large as any value decides: a small one may still fit on a full disk.
 */
export class WriteHealth {
  private succeededAt = -Infinity;
  private failed: string | null = null;
  private trial: { at: number; result: Promise<string | null> } | null = null;
  private toldAt = -Infinity;
  private untold = 0;

  constructor(private readonly report: Report) {}

  success(): void {
    this.succeededAt = performance.now();
  }

  /** Notes a write that failed or got no answer; logs at most one per interval. */
  failure(error: unknown): void {
    this.failed = error instanceof DefiniteWriteError ? error.message : HEALTH.silent;
    this.tell("The store did not take a write", error);
  }

  tell(message: string, error: unknown): void {
    this.untold++;
    const now = performance.now();
    if (now - this.toldAt < QUIET_MS) return;
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    this.report(message, { error: errorMessage(cause), times: String(this.untold) });
    this.toldAt = now;
    this.untold = 0;
  }

  /** The problem with writes as a sentence; null when there is none. `write` makes a trial. */
  async check(write: () => Promise<void>): Promise<string | null> {
    const now = performance.now();
    if (this.failed === null && now - this.succeededAt < FRESH_MS) return null;
    if (this.trial === null || now - this.trial.at > TRIAL_MS) {
      this.trial = { at: now, result: this.try(write) };
    }
    return await this.trial.result;
  }

  private async try(write: () => Promise<void>): Promise<string | null> {
    try {
      await write();
      this.failed = null;
    } catch {
      this.failed ??= HEALTH.silent;
    }
    return this.failed;
  }
}
