import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { Ledger } from "./ledger.ts";

const POLL_MS = 500;

/**
 * Polls other processes' spending for open pages.
 * One read per watched tool, for any number of pages.
 */
export class SpendingMonitor {
  private timer: ReturnType<typeof setInterval> | undefined;
  private polling = false;
  private readonly seen = new Map<string, bigint>();

  constructor(
    private readonly deps: {
      store: { ledger: Ledger; processes: { readonly isOnlyProcess: boolean } };
      bus: EventBus;
      calendar: Calendar;
      clock: Clock;
    },
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.poll(), POLL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async poll(): Promise<void> {
    const { store, bus, calendar, clock } = this.deps;
    if (this.polling || store.processes.isOnlyProcess) return;
    this.polling = true;
    try {
      const day = calendar.dayOf(clock());
      for (const tool of bus.subjectsOf("SpendingChanged")) {
        const [total] = await store.ledger.shown("tool", tool, [day]);
        const spent = total?.spent ?? 0n;
        if (this.seen.get(tool) === spent) continue;
        this.seen.set(tool, spent);
        bus.emit("SpendingChanged", { tool });
      }
    } catch {
      // The store is away: the next poll catches up.
    } finally {
      this.polling = false;
    }
  }
}
