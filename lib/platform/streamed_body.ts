import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { flushIntervalMs } from "../shared/flush_interval.ts";

/** Number of streams paused now. */
let paused = 0;
/** A read of this many bytes suggests that more is buffered. */
const LONG_READ = 32 << 10;

/**
 * Reads a streaming response in batches. A read costs the same for one byte as for 64 KiB, so
 * {@link gather} pauses the socket between reads while the system buffers.
 */
export class StreamedBody {
  #pieces: Uint8Array[] = [];
  #ended = false;
  #long = false;
  #wake = () => {};

  constructor(private readonly message: IncomingMessage) {
    message.on("data", (piece: Uint8Array) => {
      // The rest of one socket read arrives by the next tick.
      if (this.#pieces.push(piece) === 1) setImmediate(() => this.#wake());
    });
    const end = () => {
      this.#ended = true;
      this.#wake();
    };
    message.once("end", end);
    message.once("close", end);
  }

  /** Whether the response ended normally. */
  get complete(): boolean {
    return this.message.complete;
  }

  /** Bytes since the last read; null at the end of the response, or where it was cut. */
  async read(): Promise<Uint8Array | null> {
    while (this.#pieces.length === 0) {
      if (this.#ended || this.message.destroyed) return null;
      await new Promise<void>((wake) => this.#wake = wake);
    }
    const [first = new Uint8Array()] = this.#pieces;
    const bytes = this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#long = bytes.length >= LONG_READ;
    return bytes;
  }

  /** Pauses briefly, unless the response has ended or more is buffered. */
  async gather(): Promise<void> {
    const { socket } = this.message;
    if (this.#ended || this.#long || this.message.complete || this.#pieces.length > 0) return;
    socket.pause();
    paused++;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, flushIntervalMs(paused));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    paused--;
    socket.resume();
  }

  /** Discards the rest for at most `ms`, so that the connection can be reused. */
  drain(ms: number): void {
    if (this.#ended || this.message.destroyed) return;
    const timer = setTimeout(() => this.message.destroy(), ms);
    this.message.once("close", () => clearTimeout(timer));
    this.message.removeAllListeners("data").resume();
  }
}
