/** Waits for a time, or until somebody rings; what rang before the wait began counts. */
export class Bell {
  private rung = false;
  private waiting: (() => void) | null = null;

  ring(): void {
    this.rung = true;
    this.waiting?.();
  }

  async wait(ms: number): Promise<void> {
    if (!this.rung && ms > 0) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((done) => {
        this.waiting = done;
        timer = setTimeout(done, ms);
      });
      clearTimeout(timer);
      this.waiting = null;
    }
    this.rung = false;
  }
}
