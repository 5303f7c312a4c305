import type { ChatCompletionCreateParamsStreaming } from "openai/resources/chat/completions";
import { Deadline, type StreamLimits } from "../deadline.ts";
import { type Answer, Exchange, type Route, toResponse } from "./http_client.ts";
import { cut, late, notAStream, refusalOf, refused, tooLong, toProviderError } from "./errors.ts";
import { type Field, MOST_FIELDS, refusedField } from "./fields.ts";
import { fieldsOf } from "./request.ts";
import { OpenAiStream } from "./stream.ts";
import { PartQueue } from "./part_queue.ts";
import { ProviderError } from "../provider.ts";
import { rest } from "./resting.ts";

/** Bytes of one answer that are read before it counts as broken. */
const MAX_ANSWER = 32 << 20;

/** How long an answer may take to close its connection after its end mark, to be used again. */
const LINGER_MS = 1_000;

/** What a call asks. */
export interface Asking {
  route: () => Route | Promise<Route>;
  /** The request without some fields. */
  body: (without: ReadonlySet<Field>) => ChatCompletionCreateParamsStreaming;
  /** The fields that are known to be refused. */
  without: ReadonlySet<Field>;
  /** Told when others were found. */
  learn: (without: ReadonlySet<Field>) => void;
}

/** One request and its answer. */
export class Call {
  readonly parts: PartQueue;
  readonly #stream = new OpenAiStream();
  readonly #chunks = this.#stream.chunks;
  #answer: Answer | undefined;
  #events = false;
  #size = 0;
  #thinking = 0;
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
      this.#settle(false, () => late(limit, this.#chunks.generated));
      this.#drop();
    });
    if (signal.aborted) this.#leave();
    else signal.addEventListener("abort", this.#leave, { once: true });
  }

  async run(asking: Asking): Promise<void> {
    try {
      const found = asking.route();
      const route = found instanceof Promise ? await found : found;
      const answer = await this.#ask(route, asking);
      if (!answer) return;
      this.#answer = answer;
      const type = answer.headers.get("content-type")?.toLowerCase() ?? "";
      this.#events = type.startsWith("text/event-stream");
      await this.#read(answer);
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * Asks, and once more without each field that is refused by its name: nothing was generated
   * then. Null when the answer is wanted no more.
   */
  async #ask(route: Route, { body, without, learn }: Asking): Promise<Answer | null> {
    for (let found = without;;) {
      if (this.parts.settled) return null;
      const asked = body(found);
      this.#sent = new Exchange(route, JSON.stringify(asked));
      const answer = await this.#sent.answer;
      const { status } = answer;
      if (status >= 200 && status < 300) {
        if (found !== without) learn(found);
        return answer;
      }
      const response = await toResponse(answer);
      const refusal = await refusalOf(response);
      const field = refusedField(status, refusal, fieldsOf(asked));
      if (field === null || found.has(field) || found.size >= MOST_FIELDS) {
        throw refused(response, refusal);
      }
      found = new Set([...found, field]);
    }
  }

  /**
   * Reads what there is of the reply, then rests, so that each read brings several pieces of it;
   * once the reply is whole, usage and end mark come next and are not waited for.
   */
  async #read(answer: Answer): Promise<void> {
    while (!this.parts.settled) {
      let bytes: Uint8Array | null = null;
      let clean = true;
      try {
        bytes = await answer.read();
      } catch {
        // Cut off: what came of the reply counts.
        clean = false;
      }
      if (bytes === null) {
        answer.done();
        return this.#finish(clean);
      }
      if ((this.#size += bytes.length) > MAX_ANSWER) throw tooLong();
      const spoke = this.#take(bytes);
      if (this.#stream.strange && !this.#events) throw this.#notAStream(answer);
      if (this.#chunks.done) {
        this.#finish(true);
        return await this.#leaveOpen(answer);
      }
      if (this.#chunks.failure) throw this.#chunks.failure;
      if (spoke && !answer.brimming && !this.#chunks.complete) return rest(this.#goOn);
    }
  }

  readonly #goOn = () => {
    if (this.#answer) this.#read(this.#answer).catch(this.#fail);
  };

  readonly #fail = (error: unknown) => {
    this.#settle(false, () => toProviderError(error));
    this.#drop();
  };

  #notAStream({ status, headers }: Answer): ProviderError {
    return notAStream(status, headers.get("content-type") ?? "");
  }

  /** Hands out what a piece of the answer brings of the reply; whether that is any text. */
  #take(bytes: Uint8Array): boolean {
    let text = "";
    this.#stream.push(bytes, (piece) => text += piece);
    const thinking = this.#thinks();
    // Comments and the like are signs of life too, but no beginning of the reply.
    this.#deadline.touch(text !== "" || thinking > 0);
    this.parts.give(text, thinking);
    return text !== "" || thinking > 0;
  }

  /** Bytes of thinking that came since this was asked. */
  #thinks(): number {
    const more = this.#chunks.thinking - this.#thinking;
    this.#thinking += more;
    return more;
  }

  /** Ends the reply when it is whole, else fails it. */
  #settle(clean: boolean, otherwise: () => ProviderError): void {
    if (this.parts.settled) return;
    let text = "";
    this.#stream.end(clean, (piece) => text += piece);
    this.parts.give(text, this.#thinks());
    const ending = this.#chunks.ending(clean, otherwise);
    if (ending instanceof ProviderError) this.parts.fail(ending, ...this.#chunks.usage());
    else this.parts.end(...ending);
  }

  #finish(clean: boolean): void {
    this.#settle(clean, () => cut(this.#chunks.generated));
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
