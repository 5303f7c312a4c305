import type { WhatsAppDeps } from "../deps.ts";
import { Bell } from "../../platform/bell.ts";
import { LeaseLost, type Leases } from "./leases.ts";
import { delayOf, type NextStep, waitFor } from "../next_step.ts";

/** What came to, or goes from, a phone is looked for at least so often: another process may have put it there. */
const LOOK_MS = 1_000;
/** The same while no other process serves the store. */
const ALONE_MS = 15_000;
const SWEEP_MS = 60_000;
/** Longest that the end waits for Twilio's answers; what is not known by then is looked for. */
const STOP_MS = 2_500;
/** Before it is tried again what the store, or the program, could not do. */
const FAULT_MS = 2_000;

/** One of the two things that are done for a phone. */
export type Step = (number: string, stopped: () => boolean) => Promise<NextStep>;

interface Job {
  bells: [Bell, Bell];
  resting: [boolean, boolean];
  /** Somebody rang while it was ending. */
  again: boolean;
  done: Promise<void>;
}

/**
 * Does the work of phones: answers what came and sends what waits, beside each
 * other, each strictly in order, for as long as there is something to do.
 */
export class PhoneWorker {
  private readonly jobs = new Map<string, Job>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private stopping = false;

  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly leases: Leases,
    private readonly steps: readonly [answer: Step, send: Step],
  ) {}

  /** Looks at once at what was left behind, and each minute for what others left. */
  start(): void {
    void this.sweep();
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    // Where processes sleep while nobody asks for anything, this wakes one: https://docs.deno.com/deploy/reference/cron/
    if (typeof Deno.cron === "function") {
      Deno.cron("WhatsApp: what was left behind", "* * * * *", async () => {
        await this.sweep();
        await Promise.all([...this.jobs.values()].map(({ done }) => done));
      });
    }
  }

  /** Does what there is to do for a phone, unless another process does. */
  wake(number: string): void {
    if (this.stopping) return;
    const job = this.jobs.get(number);
    if (job) {
      job.again = true;
      return job.bells.forEach((bell) => bell.ring());
    }
    const begun: Job = {
      bells: [new Bell(), new Bell()],
      resting: [false, false],
      again: false,
      done: Promise.resolve(),
    };
    this.jobs.set(number, begun);
    begun.done = this.run(number, begun);
  }

  /** Takes up the work that nobody does. */
  async sweep(): Promise<void> {
    try {
      for (const { number } of await this.deps.store.phones.work()) {
        if (!this.jobs.has(number)) this.wake(number);
      }
    } catch {
      this.deps.log("warn", "Cannot look for messages that wait");
    }
  }

  /** Begins nothing more, and leaves what is not done to others. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    const jobs = [...this.jobs.entries()];
    for (const [, { bells }] of jobs) bells.forEach((bell) => bell.ring());
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([
      Promise.all(jobs.map(([, { done }]) => done)),
      new Promise((done) => timer = setTimeout(done, STOP_MS)),
    ]);
    clearTimeout(timer);
    await Promise.allSettled(jobs.map(([number]) => this.leases.release(number)));
  }

  private async run(number: string, job: Job): Promise<void> {
    try {
      if (!await this.leases.take(number)) return;
      do {
        job.resting = [false, false];
        await Promise.all([this.loop(number, job, 0), this.loop(number, job, 1)]);
        job.again = false;
      } while (!this.stopping && !await this.leases.finish(number));
    } catch (error) {
      this.fault(error);
    } finally {
      this.jobs.delete(number);
      if (job.again) this.wake(number);
    }
  }

  /** One of the two, until both rest. */
  private async loop(number: string, job: Job, which: 0 | 1): Promise<void> {
    const bell = job.bells[which], other = job.bells[which === 0 ? 1 : 0];
    const stopped = () => this.stopping;
    while (!this.stopping) {
      let next: NextStep;
      try {
        next = await this.steps[which](number, stopped);
      } catch (error) {
        if (error instanceof LeaseLost) {
          job.resting = [true, true];
          return other.ring();
        }
        this.fault(error);
        next = waitFor(FAULT_MS);
      }
      this.deps.bus.emit("PhoneStepped", { number });
      job.resting[which] = next.kind === "rest";
      if (job.resting[0] && job.resting[1]) return other.ring();
      // What one has done may be for the other.
      if (next.kind === "again") other.ring();
      const longest = this.deps.store.processes.isOnlyProcess ? ALONE_MS : LOOK_MS;
      await bell.wait(Math.min(delayOf(next), longest));
    }
  }

  private fault(error: unknown): void {
    this.deps.log("error", "Work for a phone failed", {
      error: error instanceof Error ? error.name : typeof error,
    });
  }
}
