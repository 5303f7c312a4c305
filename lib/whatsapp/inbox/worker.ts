import type { WhatsAppDeps } from "../deps.ts";
import { AutoResetEvent } from "../../platform/auto_reset_event.ts";
import type { Log } from "../../platform/log.ts";
import { sparingLog } from "../../platform/sparing_log.ts";
import { LeaseLost, type Leases } from "./leases.ts";
import { delayOf, type NextStep, waitFor } from "../next_step.ts";

/** Polling interval for work that another process may have added. */
const POLL_MS = 1_000;
/** The same with a single process. */
const SINGLE_PROCESS_POLL_MS = 15_000;
const SWEEP_MS = 60_000;
/** Longest wait for Twilio's answers at shutdown; the rest is reconciled later. */
const SHUTDOWN_MS = 2_500;
/** Retry delay after an exception. */
const FAULT_RETRY_MS = 2_000;

/** One step of a phone's inbox, outbox or speech. */
export type Step = (number: string, stopped: () => boolean) => Promise<NextStep>;

interface Job {
  events: readonly AutoResetEvent[];
  /** Loops that rest and have not been woken since. */
  idle: boolean[];
  /** All loops were idle at once: each ends before its next step. */
  over: boolean;
  /** Woken since its loops began. */
  again: boolean;
  done: Promise<void>;
}

/**
 * Runs the loops of each phone with work, concurrently: its inbox, its outbox, its speech.
 * Each loop is strictly in order and ends when all are idle.
 */
export class PhoneWorker {
  private readonly jobs = new Map<string, Job>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private stopping = false;
  private readonly log: Log;

  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly leases: Leases,
    private readonly steps: readonly Step[],
  ) {
    this.log = sparingLog(deps.log);
  }

  /** Sweeps for pending work now and every minute. */
  start(): void {
    void this.sweep();
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    // Wakes a process where idle ones are suspended: https://docs.deno.com/deploy/reference/cron/
    if (typeof Deno.cron === "function") {
      Deno.cron("WhatsApp: what was left behind", "* * * * *", async () => {
        await this.sweep();
        await Promise.all([...this.jobs.values()].map(({ done }) => done));
      });
    }
  }

  /** Starts or continues a phone's work, unless another process has its lease. */
  wake(number: string): void {
    if (this.stopping) return;
    const job = this.jobs.get(number);
    if (job) {
      job.again = true;
      return wakeLoops(job);
    }
    const begun: Job = {
      events: this.steps.map(() => new AutoResetEvent()),
      idle: [],
      over: false,
      again: false,
      done: Promise.resolve(),
    };
    this.jobs.set(number, begun);
    begun.done = this.run(number, begun);
  }

  /** Wakes every phone with pending work. */
  async sweep(): Promise<void> {
    try {
      for (const { number } of await this.deps.store.phones.work()) {
        if (!this.jobs.has(number)) this.wake(number);
      }
    } catch {
      this.deps.log("warn", "Sweep for pending messages failed");
    }
  }

  /** Stops all loops and releases their leases. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    const jobs = [...this.jobs.entries()];
    for (const [, { events }] of jobs) events.forEach((event) => event.set());
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([
      Promise.all(jobs.map(([, { done }]) => done)),
      new Promise((done) => timer = setTimeout(done, SHUTDOWN_MS)),
    ]);
    clearTimeout(timer);
    await Promise.allSettled(jobs.map(([number]) => this.leases.release(number)));
  }

  private async run(number: string, job: Job): Promise<void> {
    try {
      if (!await this.leases.take(number)) return;
      do {
        job.over = job.again = false;
        job.idle = this.steps.map(() => false);
        await Promise.all(this.steps.map((step, which) => this.loop(number, job, step, which)));
      } while (!this.stopping && (job.again || !await this.leases.finish(number)));
    } catch (error) {
      this.fault(error);
    } finally {
      this.jobs.delete(number);
      if (job.again) this.wake(number);
    }
  }

  /** Runs one of the loops until all are idle. */
  private async loop(number: string, job: Job, step: Step, which: number): Promise<void> {
    const event = job.events[which] ?? new AutoResetEvent();
    const end = () => {
      job.over = true;
      for (const each of job.events) each.set();
    };
    const stopped = () => this.stopping;
    while (!this.stopping && !job.over) {
      let next: NextStep;
      try {
        next = await step(number, stopped);
      } catch (error) {
        if (error instanceof LeaseLost) return end();
        this.fault(error);
        next = waitFor(FAULT_RETRY_MS);
      }
      this.deps.bus.emit("PhoneStepped", { number });
      // Woken during the step, which may have looked before.
      job.idle[which] = next.kind === "rest" && !event.isSet;
      if (job.idle.every((idle) => idle)) return end();
      // A step of one loop may make work for the others.
      if (next.kind === "again") wakeLoops(job, which);
      const longest = this.deps.store.processes.isOnlyProcess ? SINGLE_PROCESS_POLL_MS : POLL_MS;
      await event.wait(Math.min(delayOf(next), longest));
    }
  }

  private fault(error: unknown): void {
    this.log("error", "WhatsApp worker step failed", {
      error: error instanceof Error ? error.name : typeof error,
    });
  }
}

/** Wakes all loops of a job but one; none of them is idle before its next step. */
function wakeLoops(job: Job, but?: number): void {
  for (const [which, event] of job.events.entries()) {
    if (which === but) continue;
    job.idle[which] = false;
    event.set();
  }
}
