/** Delay between attempts while Twilio refuses our credentials; maximum of any delay. */
const PAUSE_MS = 60_000;

interface ThrottleState {
  code: number | null;
  since: number;
}

/** Delays all sending while Twilio limits our rate or refuses our credentials. */
export class SendThrottle {
  paused: ThrottleState | null = null;
  private until = 0;

  /** Milliseconds until the next message may be tried. */
  wait(now: number): number {
    return Math.max(0, this.until - now);
  }

  /** After a rate limit. */
  delay(now: number, ms: number): void {
    this.until = Math.max(this.until, now + Math.min(ms, PAUSE_MS));
  }

  /** Credentials or rights are wrong: one message is attempted each minute. */
  pause(now: number, code: number | null): void {
    this.paused = { code, since: this.paused?.since ?? now };
    this.until = now + PAUSE_MS;
  }

  /** After a message was accepted. */
  resume(): void {
    this.paused = null;
  }
}
