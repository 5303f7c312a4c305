import { AppError } from "../../platform/errors.ts";

/** Bytes of bodies that may be in memory at once. */
const MOST_BYTES = 8 << 20;
/** How long a client may send nothing. */
const IDLE_MS = 10_000;
/** Beside which a body has to come at least this fast. */
const BYTES_PER_SECOND = 4 << 10;

export interface BodyLimits {
  bytes: number;
  idleMs: number;
  bytesPerSecond: number;
}

/** A body that is being read. */
export interface IncomingBody {
  /** Rejects when its time is over, or when it has to make room for others. */
  readonly given: Promise<never>;
  /** Notes that more of it is here. */
  took(bytes: number): void;
  /** To be called in the end, however it ends. */
  close(): void;
}

interface Entry {
  bytes: number;
  end: (error: AppError) => void;
}

/**
 * The bodies that are being read, all requests' together. Each has a deadline, and when
 * too much is in memory the oldest is given up: an honest one is read in no time, so
 * what has been there for long is what somebody holds on to.
 */
export class BodiesUnderWay {
  private readonly entries = new Set<Entry>();
  private bytes = 0;

  constructor(
    private readonly limits: BodyLimits = {
      bytes: MOST_BYTES,
      idleMs: IDLE_MS,
      bytesPerSecond: BYTES_PER_SECOND,
    },
  ) {}

  /**
   * Begins to read a body of `most` bytes at most.
   * @param held bytes that are taken for granted from the beginning on
   */
  open(most: number, held = 0): IncomingBody {
    const { idleMs, bytesPerSecond } = this.limits;
    const { promise, reject } = Promise.withResolvers<never>();
    // Who reads may be done before anybody looks.
    promise.catch(() => {});
    const late = () => reject(tooSlow());
    const entry: Entry = { bytes: 0, end: reject };
    const total = setTimeout(late, idleMs + most / bytesPerSecond * 1_000);
    // What comes in one piece shows no pauses.
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
