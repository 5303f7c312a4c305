import type { EventBus } from "../platform/event_bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { HEARTBEAT_MS, type ProcessRegistry } from "./process_registry.ts";
import type { Transactions } from "./transactions.ts";

/** Looks at the other processes four times between two heartbeats. */
const LOOKS = 4;

interface Needs {
  store: { processes: ProcessRegistry; transactions: Transactions };
  bus: EventBus;
  clock: Clock;
  log: Log;
}

/** Sends this process's heartbeat, and notices when others come or go. */
export class ProcessWatch {
  private timer: ReturnType<typeof setInterval> | undefined;
  private round: Promise<void> = Promise.resolve();
  private rounds = 0;
  private joined: string | null = null;

  constructor(private readonly deps: Needs) {}

  /** Puts this process on the list; resolves when what lost processes left behind was looked at. */
  async start(): Promise<void> {
    await this.deps.store.processes.join(this.deps.clock());
    await this.look();
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.look());
    }, HEARTBEAT_MS / LOOKS);
  }

  /** Ends the rounds and takes this process off the list. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
    await this.deps.store.processes.remove(this.deps.store.processes.self);
  }

  private async look(): Promise<void> {
    const { store: { processes: roster, transactions }, bus, clock, log } = this.deps;
    try {
      if (this.rounds++ % LOOKS === 0) await roster.beat(clock());
      const [others, joined] = await Promise.all([roster.others(clock()), roster.lastJoined()]);
      const wasAlone = roster.isOnlyProcess;
      roster.isOnlyProcess = others.every((other) => other.gone);
      // Another process, however short its life, may have changed what this one remembers.
      const visited = joined !== this.joined || (roster.isOnlyProcess && !wasAlone);
      if (visited) transactions.invalidate();
      this.joined = joined;
      for (const { id } of others.filter((other) => other.gone)) {
        await bus.emitAndWait("ProcessLost", { process: id });
        await roster.remove(id);
      }
      await bus.emitAndWait("ProcessesChecked", {});
    } catch (error) {
      roster.isOnlyProcess = false;
      log("warn", "Cannot look after the other processes", {
        error: error instanceof Error ? error.message : typeof error,
      });
    }
  }
}
