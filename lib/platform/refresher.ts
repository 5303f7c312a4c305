import { causeOf } from "./errors.ts";
import type { Log } from "./log.ts";
import { sparingLog } from "./sparing_log.ts";

/** Interval of checks for other processes' changes, in ms. */
const ROUND_MS = 2_000;

/** Keeps in-memory copies up to date; a failed read of one does not stop the others. */
export class Refresher {
  private timer: ReturnType<typeof setInterval> | undefined;
  private round: Promise<void> = Promise.resolve();

  private readonly log: Log;

  constructor(log: Log, private readonly copies: (() => Promise<void>)[]) {
    this.log = sparingLog(log);
  }

  async start(): Promise<void> {
    await this.refresh();
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.refresh());
    }, ROUND_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  private async refresh(): Promise<void> {
    for (const done of await Promise.allSettled(this.copies.map(async (copy) => await copy()))) {
      if (done.status === "rejected") {
        this.log("warn", "Cannot refresh a copy", { error: causeOf(done.reason) });
      }
    }
  }
}
