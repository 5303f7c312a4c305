import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { gatherMs } from "../shared/pace.ts";

/** Streams that are paused now. */
let paused = 0;
/** A read this long means that more is there already. */
const LONG_READ = 32 << 10;

/**
 * Reads a streaming response in batches. A read costs the same for one byte as
 * for 64 KiB, so {@link gather} pauses the socket between reads and the system
 * buffers what comes.
 */
export class StreamedBody {
  #pieces: Uint8Array[] = [];
  #ended = false;
  #long = false;
  #wake = () => {};

  constructor(private readonly message: IncomingMessage) {
    message.on("data", (piece: Uint8Array) => {
      // All that one read of the socket brought is there by the next tick of the loop.
      if (this.#pieces.push(piece) === 1) setImmediate(() => this.#wake());
    });
    const end = () => {
      this.#ended = true;
      this.#wake();
    };
    message.once("end", end);
    message.once("close", end);
  }

  /** Whether the response came to its own end. */
  get complete(): boolean {
    return this.message.complete;
  }

  /** The bytes that came since the last read; null at the end of the response, or where it was cut. */
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

  /** Pauses for a moment, unless the response has ended or more of it is there already. */
  async gather(): Promise<void> {
    const { socket } = this.message;
    if (this.#ended || this.#long || this.message.complete || this.#pieces.length > 0) return;
    socket.pause();
    paused++;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, gatherMs(paused));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    paused--;
    socket.resume();
  }

  /** Reads on to the end, for so long at most, so that the connection can be used again. */
  drain(ms: number): void {
    if (this.#ended || this.message.destroyed) return;
    const timer = setTimeout(() => this.message.destroy(), ms);
    this.message.once("close", () => clearTimeout(timer));
    this.message.removeAllListeners("data").resume();
  }
}
