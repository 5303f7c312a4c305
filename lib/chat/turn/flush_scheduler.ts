import { flushIntervalMs } from "../../shared/flush_interval.ts";

/** Replies that are due within this time are shown together. */
const SLOT_MS = 4;

/** A reply whose new text waits to be shown. */
interface Flushed {
  /** When it was last shown, in milliseconds of `performance.now()`. */
  readonly shownAt: number;
  show(): void;
}

/**
 * Shows the new text of all replies, each in intervals of its own: were all due
 * at once, a first token would wait behind them. One timer serves all.
 */
export class FlushScheduler {
  /** When each reply is due, the first one first. */
  private readonly waiting = new Map<Flushed, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows a reply when its interval is over, which may be now. */
  add(reply: Flushed): void {
    if (this.waiting.has(reply)) return;
    const now = performance.now();
    const interval = flushIntervalMs(this.waiting.size);
    // Where the provider's response is read in intervals, the text waits no second time.
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
