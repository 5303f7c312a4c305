import { SseDecoder } from "../../shared/sse.ts";
import { OpenAiChunks } from "./chunks.ts";
import { type Likeness, likenessOf } from "./likeness.ts";

const LF = 10;
/** Bytes that may come before an answer begins: white space, and a byte order mark. */
const BEFORE: ReadonlySet<number> = new Set([9, 10, 13, 32, 0xef, 0xbb, 0xbf]);
const BRACES = new Set("{[".split("").map((sign) => sign.charCodeAt(0)));
/** How the lines of an event stream begin: `data`, `event`, `id`, `retry` and comments. */
const FIELDS = new Set("deir:".split("").map((sign) => sign.charCodeAt(0)));

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads the event stream of a chat completion: bytes in, text out. A completion
 * that comes as one JSON in place of a stream is read too. The chunks of
 * one reply differ in little but their text, so what the first ones look like is
 * learned, and those that look the same are neither decoded nor parsed. That is a
 * third of what a token costs, and nearly all of what it allocates.
 */
export class OpenAiStream {
  readonly chunks = new OpenAiChunks();
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #sse = new SseDecoder();
  #likeness: Likeness | null = null;
  /** Whether the last piece ended within an event. */
  #midway = false;
  #events = 0;
  #kind: "events" | "document" | "other" | null = null;
  readonly #document: string[] = [];

  /** How many events came. */
  get events(): number {
    return this.#events;
  }

  /** Whether what came does not begin like a reply in any form. */
  get strange(): boolean {
    return this.#kind === "other";
  }

  /**
   * Takes the next piece, which it may overwrite, and gives to `add` what it brings of the
   * reply's text. A failure is told by {@link chunks}.
   */
  push(bytes: Uint8Array, add: (text: string) => void): void {
    let at = 0;
    if (this.#kind === null) {
      at = bytes.findIndex((byte) => !BEFORE.has(byte));
      if (at < 0) return;
      this.#kind = kindOf(bytes[at] ?? 0);
    }
    if (this.#kind === "document") {
      this.#document.push(this.#decoder.decode(bytes.subarray(at), { stream: true }));
      return;
    }
    while (at < bytes.length && !this.#over) {
      if (this.#likeness && !this.#midway) {
        const { events, next, text } = this.#likeness.read(bytes, at);
        if (events > 0) {
          this.#events += events;
          if (text > at) this.#tell(this.chunks.say(utf8.decode(bytes.subarray(at, text))), add);
          at = next;
          continue;
        }
      }
      const end = eventEnd(bytes, at);
      const whole = !this.#midway && end > 0;
      this.#midway = end < 0;
      const piece = bytes.subarray(at, end < 0 ? bytes.length : end);
      this.#parse(this.#decoder.decode(piece, { stream: true }), whole, add);
      at += piece.length;
    }
  }

  /** Takes the end of the answer: what it brings still, or had held back. */
  end(clean: boolean, add: (text: string) => void): void {
    if (this.#kind === "document") {
      if (clean) this.#tell(this.chunks.document(this.#document.join("")), add);
    } else if (clean && !this.#over) {
      // Some servers leave out the last blank line.
      this.#parse("\n\n", false, add);
    }
    this.#tell(this.chunks.rest(), add);
  }

  get #over(): boolean {
    return this.chunks.done || this.chunks.failure !== null;
  }

  #parse(piece: string, whole: boolean, add: (text: string) => void): void {
    const events = this.#sse.push(piece);
    this.#events += events.length;
    for (const { event, data } of events) {
      this.#tell(this.chunks.read(data, event), add);
      const { plain } = this.chunks;
      if (plain && whole && events.length === 1) {
        this.#likeness = likenessOf(piece, data, plain) ?? this.#likeness;
      }
    }
  }

  #tell(text: string, add: (text: string) => void): void {
    if (text !== "") add(text);
  }
}

function kindOf(byte: number): "events" | "document" | "other" {
  if (BRACES.has(byte)) return "document";
  return FIELDS.has(byte) ? "events" : "other";
}

/** The place behind the blank line that ends an event; -1 when it is not there. */
function eventEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
  }
  return -1;
}
