import { SseDecoder } from "../shared/sse.ts";
import type { Part, ProviderError } from "./provider.ts";

/** Parses one reply in a provider's protocol, one event at a time. */
export interface EventReader {
  read(data: string, event: string): string;
  /** Reads a JSON document in place of events, and returns its text. */
  document(data: string): string;
  /** Returns the text held back, at the end of the response. */
  rest(): string;
  /** UTF-8 bytes of the reply so far that are not shown. */
  readonly thinking: number;
  /** Whether any text or thinking was received. */
  readonly generated: boolean;
  /** Whether only signs of no model at work, such as pings, were received; omitted for never. */
  readonly waiting?: boolean;
  /** Whether the end mark, or a whole reply, was received. */
  readonly done: boolean;
  /** Why the rest of the response is useless; null while it may be of use. */
  readonly failure: ProviderError | null;
  /** Whether the reply is whole, wherever the response ends. */
  readonly complete: boolean;
  /**
   * The parts that end the reply, or its failure.
   * @param clean whether the response ended normally
   * @param otherwise the failure of a reply that is not whole
   */
  ending(clean: boolean, otherwise: () => ProviderError): Part[] | ProviderError;
  /** The provider's usage claim, if any. */
  usage(): Part[];
}

/** Bytes that may precede a response: white space, and a byte order mark. */
const BEFORE: ReadonlySet<number> = new Set([9, 10, 13, 32, 0xef, 0xbb, 0xbf]);
const BRACES = new Set("{[".split("").map((sign) => sign.charCodeAt(0)));
/** First letters of an event stream's lines: `data`, `event`, `id`, `retry` and comments. */
const FIELDS = new Set("deir:".split("").map((sign) => sign.charCodeAt(0)));

/**
 * Parses a response: bytes in, text out. It is an event stream, or one JSON document in its place,
 * whatever its content type says.
 */
export class ReplyStream {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #sse = new SseDecoder();
  #kind: "events" | "document" | null = null;
  readonly #document: string[] = [];
  #strange: ProviderError | null = null;

  /**
   * @param foreign the failure of a response that begins like no reply; none for a stream's type
   */
  constructor(
    private readonly reader: EventReader,
    private readonly foreign: (() => ProviderError) | null = null,
  ) {}

  get done(): boolean {
    return this.reader.done;
  }

  get complete(): boolean {
    return this.reader.complete;
  }

  get generated(): boolean {
    return this.reader.generated;
  }

  get thinking(): number {
    return this.reader.thinking;
  }

  get waiting(): boolean {
    return this.reader.waiting ?? false;
  }

  get failure(): ProviderError | null {
    return this.#strange ?? this.reader.failure;
  }

  /** Takes the next bytes and returns their text. */
  push(bytes: Uint8Array): string {
    this.#kind ??= this.#kindOf(bytes.find((byte) => !BEFORE.has(byte)));
    if (this.#kind === null) return "";
    const piece = this.#decoder.decode(bytes, { stream: true });
    if (this.#kind === "events") return this.#read(piece);
    this.#document.push(piece);
    return "";
  }

  /** Takes the end of the response, clean or cut, and returns the text held back. */
  end(clean: boolean): string {
    let text = "";
    if (clean && this.#kind === "document") text = this.reader.document(this.#document.join(""));
    // Some servers omit the last blank line.
    else if (clean && this.#kind === "events") text = this.#read("\n\n");
    return text + this.reader.rest();
  }

  ending(clean: boolean, otherwise: () => ProviderError): Part[] | ProviderError {
    return this.#strange ?? this.reader.ending(clean, otherwise);
  }

  usage(): Part[] {
    return this.reader.usage();
  }

  #read(piece: string): string {
    let text = "";
    for (const { event, data } of this.#sse.push(piece)) text += this.reader.read(data, event);
    return text;
  }

  #kindOf(byte: number | undefined): "events" | "document" | null {
    if (byte === undefined) return null;
    if (BRACES.has(byte)) return "document";
    if (!FIELDS.has(byte) && this.foreign !== null) this.#strange = this.foreign();
    return "events";
  }
}
