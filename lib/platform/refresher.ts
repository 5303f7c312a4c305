import { causeOf } from "./errors.ts";
import type { Log } from "./log.ts";

/** How often it is looked for what other processes changed. */
const ROUND_MS = 2_000;

/** Keeps in-memory copies up to date; that one cannot be read keeps no other from being so. */
export class Refresher {
  private timer: ReturnType<typeof setInterval> | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(private readonly log: Log, private readonly copies: (() => Promise<void>)[]) {}

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
        this.log("warn", "Cannot read what is set", { error: causeOf(done.reason) });
      }
    }
  }
}
