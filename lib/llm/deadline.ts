/** Time limits of one stream, in ms. */
export interface StreamLimits {
  /** From the call, or its last sign of life, to the first token. */
  firstMs: number;
  /** Between two pieces. */
  idleMs: number;
  /** From the call to the end. */
  totalMs: number;
}

export const DEFAULT_LIMITS: StreamLimits = { firstMs: 30_000, idleMs: 20_000, totalMs: 300_000 };

export type ExceededLimit = "first" | "idle" | "total";

/**
 * Watches one stream's limits with one timer, which is reset only when it fires: touch() costs only
 * a clock reading. `onExceeded` is called at most once.
 */
export class Deadline {
  readonly #start = performance.now();
  #last = this.#start;
  #heard = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly limits: StreamLimits,
    private readonly onExceeded: (limit: ExceededLimit) => void,
  ) {
    this.#arm();
  }

  /**
   * Notes a sign of life.
   * @param heard whether it is a piece of the reply
   */
  touch(heard = true): void {
    this.#last = performance.now();
    this.#heard ||= heard;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #arm(): void {
    // Never later than an idle stream may end, so that noting its first piece sets no timer.
    const left = Math.min(this.limits.idleMs, this.#next().at - performance.now());
    this.#timer = setTimeout(() => {
      const next = this.#next();
      if (performance.now() >= next.at) this.onExceeded(next.limit);
      else this.#arm();
    }, Math.max(0, Math.ceil(left)));
  }

  #next(): { limit: ExceededLimit; at: number } {
    const total = this.#start + this.limits.totalMs;
    const step = this.#last + (this.#heard ? this.limits.idleMs : this.limits.firstMs);
    if (total <= step) return { limit: "total", at: total };
    return { limit: this.#heard ? "idle" : "first", at: step };
  }
}
