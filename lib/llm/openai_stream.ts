import { SseDecoder } from "../shared/sse.ts";
import { OpenAiChunks } from "./openai_chunks.ts";

const LF = 10;
const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;

const encoder = new TextEncoder();
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads the event stream of a chat completion: bytes in, text out. The chunks of
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

  /** How many events came. */
  get events(): number {
    return this.#events;
  }

  /**
   * Takes the next piece, which it may overwrite, and gives to `add` what it brings of the
   * reply's text: also what came before an error.
   * @throws {ProviderError} for an error object, or what is no chunk.
   */
  push(bytes: Uint8Array, add: (text: string) => void): void {
    for (let at = 0; at < bytes.length && !this.chunks.done;) {
      if (this.#likeness && !this.#midway) {
        const { events, next, text } = this.#likeness.read(bytes, at);
        if (events > 0) {
          this.#events += events;
          if (text > at) add(utf8.decode(bytes.subarray(at, text)));
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

  #parse(piece: string, whole: boolean, add: (text: string) => void): void {
    const events = this.#sse.push(piece);
    this.#events += events.length;
    for (const { data } of events) {
      const text = this.chunks.read(data);
      if (text === "") continue;
      add(text);
      if (whole && events.length === 1) {
        this.#likeness = likenessOf(piece, data, text) ?? this.#likeness;
      }
    }
  }
}

/** What events look like that hold a text and nothing else of meaning. */
class Likeness {
  /** What the last call of {@link read} found. */
  events = 0;
  next = 0;
  text = 0;

  /**
   * @param head what is before the text
   * @param middle what is after it: to the end, or to a second text without meaning
   * @param tail what is after that one
   */
  constructor(
    private readonly head: Uint8Array,
    private readonly middle: Uint8Array,
    private readonly tail: Uint8Array | null,
  ) {}

  /**
   * Reads as many events from `from` on as look like this. Their texts are moved together to
   * `from`; tells where those end, and where the next event begins.
   */
  read(bytes: Uint8Array, from: number): this {
    this.events = 0;
    this.next = this.text = from;
    for (;;) {
      const start = behind(bytes, this.next, this.head);
      const end = textEnd(bytes, start);
      let next = behind(bytes, end, this.middle);
      if (this.tail) next = behind(bytes, textEnd(bytes, next), this.tail);
      if (next < 0) return this;
      bytes.copyWithin(this.text, start, end);
      this.text += end - start;
      this.next = next;
      this.events++;
    }
  }
}

const CONTENT = '"content":"';
/** Random letters with which OpenAI hides how long a token is from who listens on the line. */
const OBFUSCATION = '"obfuscation":"';

/** What to expect of the events after this one, if it is as plain as nearly all are. */
function likenessOf(event: string, data: string, text: string): Likeness | null {
  if (event !== `data: ${data}\n\n`) return null;
  const start = behindOnly(event, CONTENT);
  // What stands there is the text itself, so that nothing else can be taken for it.
  if (start < 0 || !event.startsWith(`${text}"`, start)) return null;
  const end = start + text.length;
  const hidden = event.includes(OBFUSCATION) ? behindOnly(event, OBFUSCATION) : 0;
  if (hidden < 0 || (hidden > 0 && hidden < end)) return null;
  const head = encoder.encode(event.slice(0, start));
  if (hidden === 0) return new Likeness(head, encoder.encode(event.slice(end)), null);
  const tail = event.slice(event.indexOf('"', hidden));
  return new Likeness(head, encoder.encode(event.slice(end, hidden)), encoder.encode(tail));
}

/** Where the only occurrence of `part` ends; -1 when there is none, or another. */
function behindOnly(text: string, part: string): number {
  const at = text.indexOf(part);
  return at >= 0 && text.indexOf(part, at + 1) < 0 ? at + part.length : -1;
}

/** The place behind `part` if it stands at `at`, else -1. */
function behind(bytes: Uint8Array, at: number, part: Uint8Array): number {
  const { length } = part;
  if (at < 0 || at + length > bytes.length) return -1;
  for (let i = 0; i < length; i++) if (bytes[at + i] !== part[i]) return -1;
  return at + length;
}

/** Where a JSON text that begins at `at` ends; -1 when it has escapes, is not valid, or goes on. */
function textEnd(bytes: Uint8Array, at: number): number {
  if (at < 0) return -1;
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === QUOTE) return i;
    if (byte === BACKSLASH || byte < SPACE) return -1;
  }
  return -1;
}

/** The place behind the blank line that ends an event; -1 when it is not there. */
function eventEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
  }
  return -1;
}
