const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A client's request. */
export interface RawRequest {
  /** The request's target, such as `/v1/messages`. */
  path: string;
  headers: Headers;
  /** The parsed JSON body. */
  body: Record<string, unknown>;
}

/** One connection of an HTTP/1.1 server, read and written by hand to produce malformed answers. */
export class RawConnection {
  #buffer = new Uint8Array(0);

  constructor(private readonly socket: Deno.TcpConn, private readonly closing: AbortSignal) {}

  /** The next request, or null when the client has closed. */
  async request(): Promise<RawRequest | null> {
    let end = this.#headEnd();
    while (end < 0) {
      if (!await this.#more()) return null;
      end = this.#headEnd();
    }
    const [first = "", ...lines] = decoder.decode(this.#buffer.subarray(0, end)).split("\r\n");
    const headers = new Headers(
      lines.map((line): [string, string] => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
      }),
    );
    const total = end + 4 + Number(headers.get("content-length") ?? 0);
    while (this.#buffer.length < total) if (!await this.#more()) return null;
    const body: unknown = JSON.parse(decoder.decode(this.#buffer.subarray(end + 4, total)));
    this.#buffer = this.#buffer.slice(total);
    const path = first.split(" ")[1] ?? "";
    return { path, headers, body: typeof body === "object" ? { ...body } : {} };
  }

  async write(data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === "string" ? encoder.encode(data) : data;
    for (let at = 0; at < bytes.length;) at += await this.socket.write(bytes.subarray(at));
  }

  /** Writes one HTTP chunk. */
  async chunk(data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === "string" ? encoder.encode(data) : data;
    await this.write(`${bytes.length.toString(16)}\r\n`);
    await this.write(bytes);
    await this.write("\r\n");
  }

  /** Waits, until the server ends at most. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        reject(this.closing.reason);
      };
      const timer = setTimeout(() => {
        this.closing.removeEventListener("abort", stop);
        resolve();
      }, ms);
      if (this.closing.aborted) stop();
      else this.closing.addEventListener("abort", stop, { once: true });
    });
  }

  /** Sends nothing more until the client goes. */
  async hang(): Promise<never> {
    while (await this.#more());
    throw new Error("The client is gone");
  }

  /** Closes the connection; nothing that follows is read or written. */
  close(): void {
    try {
      this.socket.close();
    } catch {
      // It was closed already.
    }
  }

  #headEnd(): number {
    return decoder.decode(this.#buffer.map((byte) => byte < 128 ? byte : 63)).indexOf("\r\n\r\n");
  }

  async #more(): Promise<boolean> {
    const piece = new Uint8Array(16_384);
    const read = await this.socket.read(piece);
    if (read === null) return false;
    const joined = new Uint8Array(this.#buffer.length + read);
    joined.set(this.#buffer);
    joined.set(piece.subarray(0, read), this.#buffer.length);
    this.#buffer = joined;
    return true;
  }
}
