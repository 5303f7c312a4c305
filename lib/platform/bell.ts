import type { EventBus, SubjectEvents } from "./event_bus.ts";

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

/** Rings at each event of one subject, until it is disposed of. */
export class EventBell extends Bell implements Disposable {
  private readonly unsubscribe: () => void;

  constructor(bus: EventBus, type: SubjectEvents, subject: string) {
    super();
    this.unsubscribe = bus.subscribeTo(type, subject, () => this.ring());
  }

  [Symbol.dispose](): void {
    this.unsubscribe();
  }
}
