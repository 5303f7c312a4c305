import type { Work } from "./transaction_work.ts";

/** Work whose caller has no answer yet; each gets one within a limit, wherever its work is. */
export class OpenWork {
  /** The oldest first. */
  private readonly works = new Set<Work>();
  private alarm: ReturnType<typeof setTimeout> | undefined;

  /** @param late called for what was asked for longer ago than `limitMs`; it is to end it */
  constructor(private readonly limitMs: number, private readonly late: (work: Work) => void) {}

  add(work: Work): void {
    this.works.add(work);
  }

  delete(work: Work): void {
    this.works.delete(work);
  }

  /** Looks after it from now on, or after some time, until it is told to rest. */
  watch(ms = this.limitMs): void {
    this.alarm = setTimeout(() => {
      const now = performance.now();
      for (const work of this.works) {
        const left = work.since + this.limitMs - now;
        if (left > 0) return this.watch(left);
        this.late(work);
      }
      this.watch();
    }, ms);
  }

  rest(): void {
    clearTimeout(this.alarm);
  }
}
