interface RoundsOptions {
  everyMs: number;
  work: () => Promise<void>;
  /** Takes the error of a failed round; the next ones follow all the same. */
  failed: (error: unknown) => void;
}

/** Repeats work at once and at an interval, one round after the other. */
export class Rounds {
  private timer: ReturnType<typeof setInterval> | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(private readonly options: RoundsOptions) {}

  start(): void {
    this.next();
    this.timer = setInterval(() => this.next(), this.options.everyMs);
  }

  /** Begins no further round, and waits for the present one. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  private next(): void {
    const { work, failed } = this.options;
    this.round = this.round.then(work).catch(failed);
  }
}
