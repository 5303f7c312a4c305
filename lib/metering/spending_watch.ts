import type { Deps } from "../deps.ts";
import { type Hub, spendingTopic } from "../platform/hub.ts";

const LOOK_MS = 500;

/**
 * Sees what other processes spend, so that open pages here follow: one read
 * for each tool that is watched, however many pages watch it.
 */
export class SpendingWatch {
  private timer: ReturnType<typeof setInterval> | undefined;
  private looking = false;
  private readonly seen = new Map<string, bigint>();

  constructor(
    private readonly deps: Deps,
    private readonly hub: Hub,
    private readonly alone: () => boolean,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.look(), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    if (this.looking || this.alone()) return;
    this.looking = true;
    const { store, calendar, clock } = this.deps;
    try {
      const day = calendar.dayOf(clock());
      for (const tool of this.hub.watchedTools()) {
        const [total] = await store.ledger.shown("tool", tool, [day]);
        const spent = total?.spent ?? 0n;
        if (this.seen.get(tool) === spent) continue;
        this.seen.set(tool, spent);
        this.hub.tell(spendingTopic(tool));
      }
    } catch {
      // The store is away: the next look sees it.
    } finally {
      this.looking = false;
    }
  }
}
