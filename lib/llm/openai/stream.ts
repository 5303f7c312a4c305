import { SseDecoder } from "../../shared/sse.ts";
import { OpenAiChunks } from "./chunks.ts";
import { notAStream } from "./errors.ts";
import type { Part, ProviderError } from "../provider.ts";
import type { ReplyReader } from "../streaming_call.ts";

/** Bytes that may come before an answer begins: white space, and a byte order mark. */
const BEFORE: ReadonlySet<number> = new Set([9, 10, 13, 32, 0xef, 0xbb, 0xbf]);
const BRACES = new Set("{[".split("").map((sign) => sign.charCodeAt(0)));
/** How the lines of an event stream begin: `data`, `event`, `id`, `retry` and comments. */
const FIELDS = new Set("deir:".split("").map((sign) => sign.charCodeAt(0)));

/**
 * Reads a chat completion: bytes in, text out. It is an event stream, or one JSON
 * document in its place, whatever its content type says.
 */
export class OpenAiStream implements ReplyReader {
  readonly #chunks = new OpenAiChunks();
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #sse = new SseDecoder();
  #kind: "events" | "document" | null = null;
  readonly #document: string[] = [];
  #strange: ProviderError | null = null;

  /** @param contentType of the answer: what begins like no reply may still be an event stream */
  constructor(private readonly status = 200, private readonly contentType = "text/event-stream") {}

  /** Whether the end mark, or a whole completion, came. */
  get done(): boolean {
    return this.#chunks.done;
  }

  get complete(): boolean {
    return this.#chunks.complete;
  }

  get generated(): boolean {
    return this.#chunks.generated;
  }

  get thinking(): number {
    return this.#chunks.thinking;
  }

  get failure(): ProviderError | null {
    return this.#strange ?? this.#chunks.failure;
  }

  push(bytes: Uint8Array): string {
    this.#kind ??= this.#kindOf(bytes.find((byte) => !BEFORE.has(byte)));
    if (this.#kind === null) return "";
    const piece = this.#decoder.decode(bytes, { stream: true });
    if (this.#kind === "events") return this.#read(piece);
    this.#document.push(piece);
    return "";
  }

  end(clean: boolean): string {
    let text = "";
    if (clean && this.#kind === "document") text = this.#chunks.document(this.#document.join(""));
    // Some servers leave out the last blank line.
    else if (clean && this.#kind === "events") text = this.#read("\n\n");
    return text + this.#chunks.rest();
  }

  ending(clean: boolean, otherwise: () => ProviderError): Part[] | ProviderError {
    return this.#strange ?? this.#chunks.ending(clean, otherwise);
  }

  usage(): Part[] {
    return this.#chunks.usage();
  }

  #read(piece: string): string {
    let text = "";
    for (const { event, data } of this.#sse.push(piece)) text += this.#chunks.read(data, event);
    return text;
  }

  #kindOf(byte: number | undefined): "events" | "document" | null {
    if (byte === undefined) return null;
    if (BRACES.has(byte)) return "document";
    if (!FIELDS.has(byte) && !this.contentType.startsWith("text/event-stream")) {
      this.#strange = notAStream(this.status, this.contentType);
    }
    return "events";
  }
}
