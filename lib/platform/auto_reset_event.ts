import type { EventBus, SubjectEvents } from "./event_bus.ts";

/** Auto-reset event: a `set()` before the wait begins ends it at once. */
export class AutoResetEvent {
  private signalled = false;
  private wake: (() => void) | null = null;

  /** Whether it was set since the last wait. */
  get isSet(): boolean {
    return this.signalled;
  }

  set(): void {
    this.signalled = true;
    this.wake?.();
  }

  /** Waits for `set()`, at most `ms` milliseconds. */
  async wait(ms: number): Promise<void> {
    if (!this.signalled && ms > 0) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((done) => {
        this.wake = done;
        timer = setTimeout(done, ms);
      });
      clearTimeout(timer);
      this.wake = null;
    }
    this.signalled = false;
  }
}

/** Set by each bus event of one subject, until disposed. */
export class SubjectEvent extends AutoResetEvent implements Disposable {
  private readonly unsubscribe: () => void;

  constructor(bus: EventBus, type: SubjectEvents, subject: string) {
    super();
    this.unsubscribe = bus.subscribeTo(type, subject, () => this.set());
  }

  [Symbol.dispose](): void {
    this.unsubscribe();
  }
}
