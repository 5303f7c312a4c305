/** Before Twilio is asked again whose keys it did not take. */
const MEND_MS = 60_000;

export interface ThrottleState {
  code: number | null;
  since: number;
}

/** When nothing is sent to anybody: Twilio wants to be left alone, or refuses our keys. */
export class SendThrottle {
  paused: ThrottleState | null = null;
  private until = 0;

  /** Milliseconds until the next message may be tried. */
  wait(now: number): number {
    return Math.max(0, this.until - now);
  }

  /** We were too fast. */
  delay(now: number, ms: number): void {
    this.until = Math.max(this.until, now + Math.min(ms, MEND_MS));
  }

  /** The keys, or the account's rights, are wrong. One message is tried each minute. */
  pause(now: number, code: number | null): void {
    this.paused = { code, since: this.paused?.since ?? now };
    this.until = now + MEND_MS;
  }

  /** A message went out: all is well. */
  resume(): void {
    this.paused = null;
  }
}
