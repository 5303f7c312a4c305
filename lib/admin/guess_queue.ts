import { AppError } from "../platform/errors.ts";

/** Most guesses that wait, by origin; a guess takes about 50 ms. */
const MOST_WAITING = { stranger: 40, known: 40 };

/**
 * Runs one password check at a time, because each takes 19 MiB and a core.
 * Known browsers go first, so that guesses by strangers do not delay them.
 */
export class GuessQueue {
  private readonly waiting: Record<keyof typeof MOST_WAITING, (() => void)[]> = {
    stranger: [],
    known: [],
  };
  private busy = false;

  /** @throws {AppError} `limited` when the queue is full */
  async run<T>(who: keyof typeof MOST_WAITING, check: () => Promise<T>): Promise<T> {
    await this.acquire(who);
    try {
      return await check();
    } finally {
      const next = this.waiting.known.shift() ?? this.waiting.stranger.shift();
      if (next) next();
      else this.busy = false;
    }
  }

  private async acquire(who: keyof typeof MOST_WAITING): Promise<void> {
    if (!this.busy) return void (this.busy = true);
    const line = this.waiting[who];
    if (line.length >= MOST_WAITING[who]) {
      throw new AppError(
        "limited",
        { code: "login.crowded" },
        { retryAfterMs: 5_000 },
      );
    }
    await new Promise<void>((resolve) => line.push(resolve));
  }
}
