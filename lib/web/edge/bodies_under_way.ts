import { AppError } from "../../platform/errors.ts";

/** Most bytes of request bodies in memory at once. */
const MOST_BYTES = 8 << 20;
/** Longest pause of a client, in ms. */
const IDLE_MS = 10_000;
/** Minimum average rate of a body. */
const BYTES_PER_SECOND = 4 << 10;

export interface BodyLimits {
  bytes: number;
  idleMs: number;
  bytesPerSecond: number;
}

/** The limits of messages and forms. */
export const BODY_LIMITS: BodyLimits = {
  bytes: MOST_BYTES,
  idleMs: IDLE_MS,
  bytesPerSecond: BYTES_PER_SECOND,
};

export interface IncomingBody {
  /** Rejects when its time is over, or when it is evicted. */
  readonly given: Promise<never>;
  took(bytes: number): void;
  /** Must be called at the end. */
  close(): void;
}

interface Entry {
  bytes: number;
  end: (error: AppError) => void;
}

/**
 * Limits all request bodies being read. Each has a deadline, and when too much is in memory the
 * oldest is evicted: an honest body is read quickly, so an old one is a slow attack.
 */
export class BodiesUnderWay {
  private readonly entries = new Set<Entry>();
  private bytes = 0;

  constructor(
    private readonly limits: BodyLimits = BODY_LIMITS,
  ) {}

  /**
   * Registers a body of at most `most` bytes.
   * @param held bytes counted from the beginning
   */
  open(most: number, held = 0): IncomingBody {
    const { idleMs, bytesPerSecond } = this.limits;
    const { promise, reject } = Promise.withResolvers<never>();
    // The reader may be done before the rejection is observed.
    promise.catch(() => {});
    const late = () => reject(tooSlow());
    const entry: Entry = { bytes: 0, end: reject };
    const total = setTimeout(late, idleMs + most / bytesPerSecond * 1_000);
    // A body read as a whole shows no pauses.
    let idle = held > 0 ? undefined : setTimeout(late, idleMs);
    this.entries.add(entry);
    this.add(entry, held);
    return {
      given: promise,
      took: (bytes) => {
        clearTimeout(idle);
        idle = setTimeout(late, idleMs);
        this.add(entry, bytes);
      },
      close: () => {
        clearTimeout(total);
        clearTimeout(idle);
        if (this.entries.delete(entry)) this.bytes -= entry.bytes;
      },
    };
  }

  private add(entry: Entry, bytes: number): void {
    if (!this.entries.has(entry)) return;
    entry.bytes += bytes;
    this.bytes += bytes;
    for (const oldest of this.entries) {
      if (this.bytes <= this.limits.bytes) break;
      this.entries.delete(oldest);
      this.bytes -= oldest.bytes;
      oldest.end(crowded());
    }
  }
}

function tooSlow(): AppError {
  return new AppError("too_slow", { code: "request.late" }, {
    retryable: true,
  });
}

function crowded(): AppError {
  return new AppError("too_slow", { code: "server.busy" }, {
    retryable: true,
  });
}
