import { BadAnswer, type Head, parseHead } from "./http_head.ts";

/** Where bytes come from; null when no more will come. */
export interface Source {
  read(into: Uint8Array): Promise<number | null>;
}

/** Bytes that are read at once, and where more comes than that; a long head makes room for itself. */
const ROOM = 4 << 10;
const MORE_ROOM = 32 << 10;
/** Buffers of the larger kind that are kept for the next reader who needs one. */
const MAX_SPARE = 32;
const spare: Uint8Array<ArrayBuffer>[] = [];
const LONGEST_HEAD = 64 << 10;
/** Bytes of chunk extensions and trailers, which mean nothing to us. */
const LONGEST_EXTRAS = 64 << 10;
const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;
const SEMICOLON = 59;

const latin1 = new TextDecoder("latin1");

/** Where a chunked body is being read (RFC 9112, section 7.1). */
type At =
  | "size"
  | "extension"
  | "size end"
  | "data"
  | "data end"
  | "data ended"
  | "trailers"
  | "trailer"
  | "end"
  | "over";

/**
 * Reads the answers of one HTTP/1.1 connection, one after the other (RFC 9112).
 * Strict: what is not as the RFC says is refused, not guessed. All that one read
 * brought of a body comes as one piece, in the buffer that it was read into, so
 * that a stream of many small chunks costs little more than its bytes.
 */
export class AnswerReader {
  readonly #small = new Uint8Array(ROOM);
  #buffer = this.#small;
  #from = 0;
  #to = 0;
  #reading: Promise<number | null> | null = null;
  #framing: "none" | "length" | "chunked" | "close" = "none";
  #at: At = "over";
  #left = 0;
  #digits = 0;
  #extras = 0;
  #keeps = false;

  constructor(private readonly source: Source) {}

  /** Whether the answer is over and another one may follow on this connection. */
  get keeps(): boolean {
    return this.#keeps && this.#at === "over" && this.#from === this.#to;
  }

  /** Whether the last read brought as much as it could take, so that more is likely to be there. */
  get brimming(): boolean {
    return this.#to === this.#buffer.length;
  }

  /** Begins to read before anything is expected. Resolves when something came, be it the end. */
  async ahead(): Promise<void> {
    await (this.#reading ??= this.#read());
  }

  /**
   * Reads how the answer begins; interim answers (1xx) are passed over.
   * @throws {BadAnswer} and what the source throws.
   */
  async head(): Promise<Head> {
    for (let from = 0;;) {
      const end = this.#headEnd(from);
      if (end >= 0) {
        const head = this.#begin(latin1.decode(this.#buffer.subarray(this.#from, end)));
        this.#from = end + 4;
        if (head.status >= 200) return head;
        from = 0;
        continue;
      }
      from = Math.max(0, this.#to - this.#from - 3);
      if (this.#to - this.#from > LONGEST_HEAD) {
        throw new BadAnswer("The answer's head is too long");
      }
      if (this.#took(await (this.#reading ??= this.#read()))) continue;
      throw new BadAnswer("The connection ended before an answer");
    }
  }

  /**
   * The next piece of the body, valid until the next call; null at its end.
   * @throws {BadAnswer} when it ends before its end; and what the source throws.
   */
  async body(): Promise<Uint8Array | null> {
    for (;;) {
      const piece = this.#framing === "chunked" ? this.#chunks() : this.#plain();
      if (piece) return piece;
      if (this.#at === "over") return null;
      if (this.#took(await (this.#reading ??= this.#read()))) continue;
      if (this.#framing !== "close") throw new BadAnswer("The answer ended before its end");
      this.#at = "over";
    }
  }

  #headEnd(from: number): number {
    const bytes = this.#buffer;
    for (let i = this.#from + from + 3; i < this.#to; i++) {
      if (bytes[i] === LF && bytes[i - 1] === CR && bytes[i - 2] === LF && bytes[i - 3] === CR) {
        return i - 3;
      }
    }
    return -1;
  }

  #begin(text: string): Head {
    const head = parseHead(text);
    const { status, headers } = head;
    this.#frame(status, headers);
    const close = headers.get("connection")?.toLowerCase().split(/[ \t]*,[ \t]*/).includes("close");
    this.#keeps = !head.old && !close && this.#framing !== "close" &&
      !(headers.has("transfer-encoding") && headers.has("content-length"));
    return head;
  }

  /** How long the body is: RFC 9112, section 6.3. */
  #frame(status: number, headers: Head["headers"]): void {
    const coding = headers.get("transfer-encoding")?.toLowerCase();
    const length = headers.get("content-length");
    this.#left = 0;
    this.#digits = 0;
    this.#extras = 0;
    if (status < 200 || status === 204 || status === 304) {
      this.#framing = "none";
      this.#at = "over";
    } else if (coding !== undefined) {
      if (coding !== "chunked") {
        throw new BadAnswer("The answer comes in a coding nobody asked for");
      }
      this.#framing = "chunked";
      this.#at = "size";
    } else if (length !== undefined) {
      if (!/^\d{1,15}$/.test(length)) throw new BadAnswer("The answer's length cannot be read");
      this.#framing = "length";
      this.#left = Number(length);
      this.#at = this.#left === 0 ? "over" : "data";
    } else {
      this.#framing = "close";
      this.#left = Infinity;
      this.#at = "data";
    }
  }

  #plain(): Uint8Array | null {
    if (this.#at === "over" || this.#from === this.#to) return null;
    const end = Math.min(this.#to, this.#from + this.#left);
    const piece = this.#buffer.subarray(this.#from, end);
    this.#left -= piece.length;
    this.#from = end;
    if (this.#left === 0) this.#at = "over";
    return piece;
  }

  /** Reads what is there of a chunked body and moves its data together. */
  #chunks(): Uint8Array | null {
    const bytes = this.#buffer;
    const start = this.#from;
    let i = start, out = start;
    while (i < this.#to && this.#at !== "over") {
      if (this.#at === "data") {
        const end = Math.min(this.#to, i + this.#left);
        if (out !== i) bytes.copyWithin(out, i, end);
        out += end - i;
        this.#left -= end - i;
        i = end;
        if (this.#left === 0) this.#at = "data end";
      } else this.#at = this.#step(bytes[i++] ?? 0);
    }
    this.#from = i;
    return out > start ? bytes.subarray(start, out) : null;
  }

  /** Takes one byte of what frames the chunks. */
  #step(byte: number): At {
    switch (this.#at) {
      case "size": {
        const digit = hexDigit(byte);
        if (digit >= 0) {
          if (++this.#digits > 8) break;
          this.#left = this.#left * 16 + digit;
          return "size";
        }
        if (this.#digits === 0) break;
        if (byte === CR) return "size end";
        if (byte === SEMICOLON || byte === SPACE || byte === TAB) return "extension";
        break;
      }
      case "extension":
        if (byte === LF || ++this.#extras > LONGEST_EXTRAS) break;
        return byte === CR ? "size end" : "extension";
      case "size end":
        if (byte !== LF) break;
        this.#digits = 0;
        return this.#left === 0 ? "trailers" : "data";
      case "data end":
        if (byte !== CR) break;
        return "data ended";
      case "data ended":
        if (byte !== LF) break;
        return "size";
      case "trailers":
        return byte === CR ? "end" : "trailer";
      case "trailer":
        if (++this.#extras > LONGEST_EXTRAS) break;
        return byte === LF ? "trailers" : "trailer";
      case "end":
        if (byte !== LF) break;
        return "over";
    }
    throw new BadAnswer("The answer's chunks cannot be read");
  }

  #took(count: number | null): boolean {
    this.#reading = null;
    if (count === null) return false;
    this.#to += count;
    return true;
  }

  /** Begins a read behind what is there already; into more room if the last one filled it. */
  #read(): Promise<number | null> {
    if (this.#from === this.#to) this.#resize();
    else if (this.#from > 0) {
      this.#buffer.copyWithin(0, this.#from, this.#to);
      this.#to -= this.#from;
      this.#from = 0;
    }
    if (this.#to === this.#buffer.length) {
      const longer = new Uint8Array(2 * this.#to);
      longer.set(this.#buffer);
      this.#buffer = longer;
    }
    return this.source.read(this.#to === 0 ? this.#buffer : this.#buffer.subarray(this.#to));
  }

  /** Takes a larger buffer while reads fill a small one: most of the time nobody needs it. */
  #resize(): void {
    const { length } = this.#buffer;
    if (length === ROOM && this.brimming) {
      this.#buffer = spare.pop() ?? new Uint8Array(MORE_ROOM);
    } else if (length > ROOM && this.#to <= ROOM) {
      if (length === MORE_ROOM && spare.length < MAX_SPARE) spare.push(this.#buffer);
      this.#buffer = this.#small;
    }
    this.#from = this.#to = 0;
  }
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
