import type { OpenAI } from "openai";
import type { IncomingMessage } from "node:http";
import { SseDecoder } from "../shared/sse.ts";
import { Deadline, DEFAULT_LIMITS, type StreamLimits } from "./deadline.ts";
import { incoming, nodeFetch } from "./node_fetch.ts";
import { OpenAiChunks } from "./openai_chunks.ts";
import { cut, late, notAStream, tooLong, toProviderError } from "./openai_errors.ts";
import { chatBody, OPENAI_URL, reasons } from "./openai_request.ts";
import { PartQueue } from "./part_queue.ts";
import type { ModelRequest, Provider, ProviderError } from "./provider.ts";

export interface OpenAiOptions {
  apiKey: string;
  /** Address of the API or of a server compatible with it, its version included; OpenAI's own by default. */
  baseUrl?: string;
  /** By default 30 s to the first token (120 s for models that reason first), 20 s between, 5 min in all. */
  limits?: Partial<StreamLimits>;
}

/** Bytes of one answer that are read before it counts as broken. */
const MAX_ANSWER = 32 << 20;

/** How long an answer may take to close its connection after its end mark, to be used again. */
const LINGER_MS = 1_000;

/**
 * OpenAI's chat completions, and those of servers compatible with them, through
 * the official SDK (loaded at the first call). The SDK makes the request; its
 * answer is read here, straight from the socket: the SDK's own reader costs
 * several times as much and takes a cut stream for a whole one.
 */
export function openAi({ apiKey, baseUrl = OPENAI_URL, limits }: OpenAiOptions): Provider {
  let client: Promise<OpenAI> | undefined;
  const connect = () => client ??= openClient(apiKey, baseUrl);
  return {
    name: "openai",
    simulated: false,
    stream: (request, signal) => ({
      [Symbol.asyncIterator]: () => {
        const firstMs = reasons(request.model) ? 120_000 : DEFAULT_LIMITS.firstMs;
        const call = new Call({ ...DEFAULT_LIMITS, firstMs, ...limits }, signal);
        call.run(connect, request, baseUrl);
        return call.parts;
      },
    }),
  };
}

async function openClient(apiKey: string, baseURL: string): Promise<OpenAI> {
  const { OpenAI } = await import("openai");
  return new OpenAI({
    apiKey,
    baseURL,
    fetch: nodeFetch,
    maxRetries: 0,
    logLevel: "off",
    // Else the SDK reads them from the environment, which is lib/config.ts's alone.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
  });
}

/** One request and its answer. */
class Call {
  readonly parts = new PartQueue(() => this.#drop());
  readonly #chunks = new OpenAiChunks();
  readonly #request = new AbortController();
  readonly #deadline: Deadline;
  #message: IncomingMessage | undefined;
  readonly #leave = () => {
    this.parts.close();
    this.#drop();
  };

  constructor(limits: StreamLimits, private readonly signal: AbortSignal) {
    this.#deadline = new Deadline(limits, (limit) => {
      this.#settle(() => late(limit, this.#chunks.hasText));
      this.#drop();
    });
    if (signal.aborted) this.#leave();
    else signal.addEventListener("abort", this.#leave, { once: true });
  }

  async run(connect: () => Promise<OpenAI>, request: ModelRequest, baseUrl: string): Promise<void> {
    try {
      const client = await connect();
      if (this.parts.settled) return;
      const body = chatBody(request, baseUrl);
      const response = await client.chat.completions
        .create(body, { signal: this.#request.signal, timeout: 2 ** 31 - 1 })
        .asResponse();
      const message = incoming(response);
      if (!message) throw notAStream(response);
      this.#read(message);
    } catch (error) {
      this.#settle(() => toProviderError(error));
      this.#drop();
    }
  }

  #read(message: IncomingMessage): void {
    this.#message = message;
    if (this.parts.settled) return this.#drop();
    const text = new TextDecoder();
    const sse = new SseDecoder();
    let size = 0;
    message.on("data", (bytes: Uint8Array) => {
      try {
        if ((size += bytes.length) > MAX_ANSWER) throw tooLong();
        const events = sse.push(text.decode(bytes, { stream: true }));
        if (events.length > 0) this.#deadline.touch();
        for (const { data } of events) this.parts.text(this.#chunks.read(data));
        if (this.#chunks.done) this.#finish();
      } catch (error) {
        this.#settle(() => toProviderError(error));
        this.#drop();
      }
    });
    const over = () => {
      this.#settle(() => cut(this.#chunks.hasText));
      this.#detach();
    };
    message.once("end", over);
    message.once("close", over);
  }

  /** Ends the reply when it is whole, else fails it. */
  #settle(error: () => ProviderError): void {
    if (this.parts.settled) return;
    if (this.#chunks.complete) this.parts.end(...this.#chunks.tail());
    else this.parts.fail(error());
  }

  /** After the end mark: leaves the connection to end by itself, to be used again. */
  #finish(): void {
    this.#settle(() => cut(this.#chunks.hasText));
    this.#detach();
    const message = this.#message;
    if (!message || message.complete) return;
    const timer = setTimeout(() => message.destroy(), LINGER_MS);
    message.once("close", () => clearTimeout(timer));
  }

  #detach(): void {
    this.#deadline.stop();
    this.signal.removeEventListener("abort", this.#leave);
  }

  #drop(): void {
    this.#detach();
    this.#request.abort();
    this.#message?.destroy();
  }
}
