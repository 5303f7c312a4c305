import { flushIntervalMs } from "../../shared/flush_interval.ts";

/** Replies due within this time are shown together. */
const SLOT_MS = 4;

/** A reply with text to show. */
interface Flushed {
  /** Time it was last shown, in ms of `performance.now()`. */
  readonly shownAt: number;
  show(): void;
}

/**
 * Shows new text of all replies, each at its own interval, by one timer.
 * If all were due at once, a first token would wait behind them.
 */
export class FlushScheduler {
  /** Due time of each reply, earliest first. */
  private readonly waiting = new Map<Flushed, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows a reply when its interval is over, possibly now. */
  add(reply: Flushed): void {
    if (this.waiting.has(reply)) return;
    const now = performance.now();
    const interval = flushIntervalMs(this.waiting.size);
    // Text that was already delayed by reading the response in intervals waits no second time.
    if (now - reply.shownAt > interval - SLOT_MS) return reply.show();
    this.waiting.set(reply, now + interval);
    this.timer ??= setTimeout(() => this.flush(), interval);
  }

  private flush(): void {
    this.timer = undefined;
    const now = performance.now();
    for (const [reply, due] of this.waiting) {
      if (due > now + SLOT_MS) {
        this.timer = setTimeout(() => this.flush(), due - now);
        return;
      }
      this.waiting.delete(reply);
      reply.show();
    }
  }
}
