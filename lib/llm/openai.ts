import { Deadline, DEFAULT_LIMITS, type StreamLimits } from "./deadline.ts";
import { type Answer, Exchange, type Route, routeTo, toResponse } from "./http_client.ts";
import { cut, late, notAnswered, tooLong, toProviderError } from "./openai_errors.ts";
import { chatBody, OPENAI_URL, reasons } from "./openai_request.ts";
import { OpenAiStream } from "./openai_stream.ts";
import { PartQueue } from "./part_queue.ts";
import type { Provider, ProviderError } from "./provider.ts";
import { rest } from "./resting.ts";

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
 * OpenAI's chat completions, and those of servers compatible with them. The
 * official SDK (loaded at the first call) says where a request goes and with
 * which headers; that is the same for every call, so it is asked once: its work
 * for each call costs more than all of ours. The answer is read straight from
 * the socket: the SDK's own reader costs several times as much and takes a cut
 * stream for a whole one.
 */
export function openAi({ apiKey, baseUrl = OPENAI_URL, limits }: OpenAiOptions): Provider {
  let route: Route | Promise<Route> | undefined;
  const find = () => {
    if (route) return route;
    const asked = askSdk(apiKey, baseUrl);
    asked.then((found) => route = found, () => route = undefined);
    return route = asked;
  };
  return {
    name: "openai",
    simulated: false,
    stream: (request, signal, onText) => ({
      [Symbol.asyncIterator]: () => {
        const firstMs = reasons(request.model) ? 120_000 : DEFAULT_LIMITS.firstMs;
        const call = new Call({ ...DEFAULT_LIMITS, firstMs, ...limits }, signal, onText);
        call.run(find, JSON.stringify(chatBody(request, baseUrl)));
        return call.parts;
      },
    }),
  };
}

async function askSdk(apiKey: string, baseURL: string): Promise<Route> {
  const { OpenAI } = await import("openai");
  const client = new OpenAI({
    apiKey,
    baseURL,
    logLevel: "off",
    // Else the SDK reads them from the environment, which is lib/config.ts's alone.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
  });
  const { url, req } = await client.buildRequest({
    method: "post",
    path: "/chat/completions",
    body: {},
    stream: true,
    timeout: DEFAULT_LIMITS.totalMs,
  });
  return routeTo(new URL(url), "POST", new Headers(req.headers));
}

/** One request and its answer. */
class Call {
  readonly parts: PartQueue;
  readonly #stream = new OpenAiStream();
  readonly #chunks = this.#stream.chunks;
  #answer: Answer | undefined;
  #size = 0;
  readonly #deadline: Deadline;
  #sent: Exchange | undefined;
  readonly #leave = () => {
    this.parts.close();
    this.#drop();
  };

  constructor(
    limits: StreamLimits,
    private readonly signal: AbortSignal,
    onText?: (text: string) => void,
  ) {
    this.parts = new PartQueue(() => this.#drop(), onText);
    this.#deadline = new Deadline(limits, (limit) => {
      this.#settle(() => late(limit, this.#chunks.hasText));
      this.#drop();
    });
    if (signal.aborted) this.#leave();
    else signal.addEventListener("abort", this.#leave, { once: true });
  }

  async run(find: () => Route | Promise<Route>, body: string): Promise<void> {
    try {
      const found = find();
      const route = found instanceof Promise ? await found : found;
      if (this.parts.settled) return;
      this.#sent = new Exchange(route, body);
      const answer = await this.#sent.answer;
      if (!streams(answer)) throw await notAnswered(await toResponse(answer));
      this.#answer = answer;
      await this.#read(answer);
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * Reads what there is of the reply, then rests, so that each read brings several pieces of it;
   * once the reply is whole, usage and end mark come next and are not waited for.
   */
  async #read(answer: Answer): Promise<void> {
    while (!this.parts.settled) {
      let bytes: Uint8Array | null = null;
      try {
        bytes = await answer.read();
      } catch {
        // Cut off: what came of the reply counts.
      }
      if (bytes === null) {
        answer.done();
        return this.#finish();
      }
      if ((this.#size += bytes.length) > MAX_ANSWER) throw tooLong();
      const spoke = this.#take(bytes);
      if (this.#chunks.done) {
        this.#finish();
        return await this.#leaveOpen(answer);
      }
      if (spoke && !answer.brimming && !this.#chunks.complete) return rest(this.#goOn);
    }
  }

  readonly #goOn = () => {
    if (this.#answer) this.#read(this.#answer).catch(this.#fail);
  };

  readonly #fail = (error: unknown) => {
    this.#settle(() => toProviderError(error));
    this.#drop();
  };

  /** Hands out what a piece of the answer brings of the reply; whether that is any text. */
  #take(bytes: Uint8Array): boolean {
    const { events } = this.#stream;
    let text = "";
    try {
      this.#stream.push(bytes, (piece) => text += piece);
    } finally {
      if (this.#stream.events > events) this.#deadline.touch();
      this.parts.give(text);
    }
    return text !== "";
  }

  /** Ends the reply when it is whole, else fails it. */
  #settle(error: () => ProviderError): void {
    if (this.parts.settled) return;
    if (this.#chunks.complete) this.parts.end(...this.#chunks.tail());
    else this.parts.fail(error());
  }

  #finish(): void {
    this.#settle(() => cut(this.#chunks.hasText));
    this.#detach();
  }

  /** After the end mark: lets the answer end by itself, so that its connection is used again. */
  async #leaveOpen(answer: Answer): Promise<void> {
    const timer = setTimeout(() => this.#drop(), LINGER_MS);
    try {
      while (await answer.read() !== null);
    } catch {
      // Not to be used again, then.
    }
    clearTimeout(timer);
    answer.done();
  }

  #detach(): void {
    this.#deadline.stop();
    this.signal.removeEventListener("abort", this.#leave);
  }

  #drop(): void {
    this.#detach();
    this.#sent?.drop(new Error("Dropped"));
  }
}

/** Whether an answer is what was asked for; what is not, a refusal above all, is read whole. */
function streams({ status, headers }: Answer): boolean {
  const type = headers.get("content-type")?.toLowerCase() ?? "";
  return status >= 200 && status < 300 && type.startsWith("text/event-stream");
}
