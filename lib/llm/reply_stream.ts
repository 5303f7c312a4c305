import { SseDecoder } from "../shared/sse.ts";
import type { Part, ProviderError } from "./provider.ts";

/** Makes sense of one reply in a provider's dialect, one event at a time. */
export interface EventReader {
  /** Reads one event and returns the text that it brings. */
  read(data: string, event: string): string;
  /** Reads a JSON document that came in place of events, and returns its text. */
  document(data: string): string;
  /** Returns the text that was held back, when nothing more comes. */
  rest(): string;
  /** UTF-8 bytes of the reply so far that are not shown. */
  readonly thinking: number;
  /** Whether any text came, or thinking. */
  readonly generated: boolean;
  /** Whether the end mark, or a whole reply, came. */
  readonly done: boolean;
  /** Why nothing more of the answer is of use; null while it may be. */
  readonly failure: ProviderError | null;
  /** Whether the reply is whole, wherever the answer ends. */
  readonly complete: boolean;
  /**
   * The parts that end the reply, or why it failed.
   * @param clean whether the answer came to its own end
   * @param otherwise the failure of a reply that is not whole
   */
  ending(clean: boolean, otherwise: () => ProviderError): Part[] | ProviderError;
  /** The provider's claim of what was used, if one came. */
  usage(): Part[];
}

/** Bytes that may come before an answer begins: white space, and a byte order mark. */
const BEFORE: ReadonlySet<number> = new Set([9, 10, 13, 32, 0xef, 0xbb, 0xbf]);
const BRACES = new Set("{[".split("").map((sign) => sign.charCodeAt(0)));
/** How the lines of an event stream begin: `data`, `event`, `id`, `retry` and comments. */
const FIELDS = new Set("deir:".split("").map((sign) => sign.charCodeAt(0)));

/**
 * Reads an answer: bytes in, text out. It is an event stream, or one JSON
 * document in its place, whatever its content type says.
 */
export class ReplyStream {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #sse = new SseDecoder();
  #kind: "events" | "document" | null = null;
  readonly #document: string[] = [];
  #strange: ProviderError | null = null;

  /** @param foreign the failure of an answer that begins like no reply; none where its type says that it is one */
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

  get failure(): ProviderError | null {
    return this.#strange ?? this.reader.failure;
  }

  /** Takes the next bytes and returns the text that they bring. */
  push(bytes: Uint8Array): string {
    this.#kind ??= this.#kindOf(bytes.find((byte) => !BEFORE.has(byte)));
    if (this.#kind === null) return "";
    const piece = this.#decoder.decode(bytes, { stream: true });
    if (this.#kind === "events") return this.#read(piece);
    this.#document.push(piece);
    return "";
  }

  /** Takes the end of the answer, clean or cut, and returns the text that was held back. */
  end(clean: boolean): string {
    let text = "";
    if (clean && this.#kind === "document") text = this.reader.document(this.#document.join(""));
    // Some servers leave out the last blank line.
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
