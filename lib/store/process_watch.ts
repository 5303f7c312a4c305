import type { EventBus } from "../platform/event_bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { sparingLog } from "../platform/sparing_log.ts";
import { HEARTBEAT_MS, type ProcessRegistry } from "./process_registry.ts";
import type { Transactions } from "./transactions.ts";

/** Checks of the other processes per heartbeat. */
const LOOKS = 4;

interface Needs {
  store: { processes: ProcessRegistry; transactions: Transactions };
  bus: EventBus;
  clock: Clock;
  log: Log;
}

/** Sends this process's heartbeat and detects others that join, leave or are lost. */
export class ProcessWatch {
  private timer: ReturnType<typeof setInterval> | undefined;
  private round: Promise<void> = Promise.resolve();
  private rounds = 0;
  private joined: string | null = null;
  /** The others that lived when last seen. */
  private living: ReadonlySet<string> = new Set();

  private readonly log: Log;

  constructor(private readonly deps: Needs) {
    this.log = sparingLog(deps.log);
  }

  /** Registers this process; resolves when the work of lost processes was checked. */
  async start(): Promise<void> {
    await this.deps.store.processes.join(this.deps.clock());
    await this.look();
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.look());
    }, HEARTBEAT_MS / LOOKS);
  }

  /** Ends the checks and unregisters this process. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
    await this.deps.store.processes.remove(this.deps.store.processes.self);
  }

  private async look(): Promise<void> {
    const { store: { processes, transactions }, bus, clock } = this.deps;
    try {
      if (this.rounds++ % LOOKS === 0) await processes.beat(clock());
      const [others, joined] = await Promise.all([
        processes.others(clock()),
        processes.lastJoined(),
      ]);
      const wasAlone = processes.isOnlyProcess;
      processes.isOnlyProcess = others.every((other) => other.gone);
      // Any other process, however short-lived, may have changed cached records.
      const visited = joined !== this.joined || (processes.isOnlyProcess && !wasAlone);
      if (visited) transactions.invalidate();
      this.joined = joined;
      const listed = new Set(others.map(({ id }) => id));
      const left = [...this.living].filter((id) => !listed.has(id));
      this.living = new Set(others.filter(({ gone }) => !gone).map(({ id }) => id));
      for (const { id } of others.filter((other) => other.gone)) {
        await bus.emitAndWait("ProcessLost", { process: id });
        await processes.remove(id);
      }
      for (const process of left) bus.emit("ProcessLeft", { process });
      await bus.emitAndWait("ProcessesChecked", {});
    } catch (error) {
      processes.isOnlyProcess = false;
      this.log("warn", "Cannot check the other processes", {
        error: error instanceof Error ? error.message : typeof error,
      });
    }
  }
}
