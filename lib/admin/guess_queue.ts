import { AppError } from "../platform/errors.ts";

/** Guesses of strangers, and of known browsers, that may wait; a guess takes some 50 ms. */
const MOST_WAITING = { stranger: 40, known: 40 };

/**
 * One password check at a time: each takes 19 MiB and a core. Browsers that
 * signed in before go first, so that strangers who guess keep nobody known out.
 */
export class GuessQueue {
  private readonly waiting: Record<keyof typeof MOST_WAITING, (() => void)[]> = {
    stranger: [],
    known: [],
  };
  private busy = false;

  /** @throws {AppError} `limited` when too many wait */
  async run<T>(who: keyof typeof MOST_WAITING, check: () => Promise<T>): Promise<T> {
    await this.turn(who);
    try {
      return await check();
    } finally {
      const next = this.waiting.known.shift() ?? this.waiting.stranger.shift();
      if (next) next();
      else this.busy = false;
    }
  }

  private async turn(who: keyof typeof MOST_WAITING): Promise<void> {
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
