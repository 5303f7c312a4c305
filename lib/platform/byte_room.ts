/** A part of a {@link ByteRoom}; disposing of it gives it back. */
export interface HeldBytes extends Disposable {
  /** Gives back so many of its bytes. */
  give(bytes: number): void;
  /** Keeps at most so many of its bytes. */
  keep(bytes: number): void;
}

interface Waiting {
  bytes: number;
  enter(): void;
}

/**
 * Bounds the bytes that are in memory at a time. Takers wait in the order in which they came. Who
 * holds a part must not wait for another: two such takers could wait for each other.
 */
export class ByteRoom {
  private used = 0;
  private readonly queue: Waiting[] = [];

  constructor(private readonly size: number) {}

  /** Bytes held now. */
  get held(): number {
    return this.used;
  }

  /**
   * Waits for room; more than the whole is taken as the whole.
   * @throws the signal's reason, when it aborts first
   */
  async take(bytes: number, signal?: AbortSignal): Promise<HeldBytes> {
    signal?.throwIfAborted();
    const wanted = Math.min(bytes, this.size);
    if (wanted > 0 && (this.queue.length > 0 || this.used + wanted > this.size)) {
      await this.wait(wanted, signal);
    } else this.used += wanted;
    return this.part(wanted);
  }

  private wait(bytes: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting = { bytes, enter: resolve };
    this.queue.push(waiting);
    const leave = () => {
      const at = this.queue.indexOf(waiting);
      if (at < 0) return;
      this.queue.splice(at, 1);
      reject(signal?.reason);
      this.admit();
    };
    signal?.addEventListener("abort", leave, { once: true });
    return promise.finally(() => signal?.removeEventListener("abort", leave));
  }

  private part(bytes: number): HeldBytes {
    let left = bytes;
    const keep = (kept: number) => {
      const given = Math.max(0, left - Math.max(0, kept));
      left -= given;
      this.used -= given;
      this.admit();
    };
    return { keep, give: (given) => keep(left - given), [Symbol.dispose]: () => keep(0) };
  }

  private admit(): void {
    for (let next = this.queue[0]; next !== undefined; next = this.queue[0]) {
      if (this.used + next.bytes > this.size) return;
      this.queue.shift();
      this.used += next.bytes;
      next.enter();
    }
  }
}
