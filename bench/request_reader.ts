const decoder = new TextDecoder();

/** Reads the bodies of HTTP/1.1 requests with a content-length from one connection. */
export class RequestReader {
  #buffer = new Uint8Array(32_768);
  #length = 0;

  constructor(private readonly connection: Deno.TcpConn) {}

  /** The next request's body; null at the end of the connection. */
  async next(): Promise<string | null> {
    let end = -1;
    for (let from = 0; (end = this.#headEnd(from)) < 0;) {
      from = Math.max(0, this.#length - 3);
      if (!await this.#fill()) return null;
    }
    const head = decoder.decode(this.#buffer.subarray(0, end));
    const size = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    const start = end + 4;
    while (this.#length < start + size) if (!await this.#fill()) return null;
    const body = decoder.decode(this.#buffer.subarray(start, start + size));
    this.#buffer.copyWithin(0, start + size, this.#length);
    this.#length -= start + size;
    return body;
  }

  #headEnd(from: number): number {
    const bytes = this.#buffer;
    for (let i = from; i + 3 < this.#length; i++) {
      if (bytes[i] === 13 && bytes[i + 1] === 10 && bytes[i + 2] === 13 && bytes[i + 3] === 10) {
        return i;
      }
    }
    return -1;
  }

  async #fill(): Promise<boolean> {
    if (this.#length === this.#buffer.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    const read = await this.connection.read(this.#buffer.subarray(this.#length));
    if (read === null) return false;
    this.#length += read;
    return true;
  }
}
