import { StreamedBody } from "../platform/streamed_body.ts";
import type { IncomingMessage } from "node:http";
import { Deadline, type ExceededLimit, type StreamLimits } from "./deadline.ts";
import type { Part, ProviderError } from "./provider.ts";

/** Bytes of one answer that are read before it counts as broken. */
const MAX_ANSWER = 32 << 20;

/** How long a connection may take to end its answer after the end mark, to be used again. */
const LINGER_MS = 1_000;

/** Makes sense of one answer, in a provider's dialect. */
export interface ReplyReader {
  /** Takes the next bytes and returns the text that they bring. */
  push(bytes: Uint8Array): string;
  /** Takes the end of the answer, clean or cut, and returns the text that was held back. */
  end(clean: boolean): string;
  /** UTF-8 bytes of the reply so far that are not shown. */
  readonly thinking: number;
  /** Whether any text came, or thinking. */
  readonly generated: boolean;
  /** Whether nothing more of the answer is of use, for it is over or it failed. */
  readonly done: boolean;
  readonly failure: ProviderError | null;
  /** Whether the reply is whole, wherever the answer ends. */
  readonly complete: boolean;
  /** The parts that end the reply, or why it failed; `otherwise` if it is not whole. */
  ending(clean: boolean, otherwise: () => ProviderError): Part[] | ProviderError;
  /** The provider's claim of what was used, if one came. */
  usage(): Part[];
}

/** One call of a provider. */
export interface StreamingCall {
  limits: StreamLimits;
  /**
   * Sends the request and resolves with its answer.
   * @param signal ends the call: then the connection must be closed
   */
  open(signal: AbortSignal): Promise<{ message: IncomingMessage; reader: ReplyReader }>;
  /** The provider's names for failures of the call itself. */
  faults: {
    late(limit: ExceededLimit, generated: boolean): ProviderError;
    cut(generated: boolean): ProviderError;
    tooLong(): ProviderError;
    other(error: unknown): ProviderError;
  };
}

/**
 * Streams one reply within its time limits. Text is read in batches; usage and thinking come
 * before a failure. An abort or an early return closes the connection at once, and no part follows.
 */
export function streamReply(
  call: StreamingCall,
  signal: AbortSignal,
): AsyncIterableIterator<Part, undefined, undefined> {
  return closable(signal, (stop) => read(call, stop));
}

/**
 * An iteration that an abort or a return ends at once, even while a part is awaited; a generator's
 * own return would wait for that part.
 * @param run must end, without a further part, when its controller is aborted
 */
export function closable(
  signal: AbortSignal,
  run: (stop: AbortController) => AsyncGenerator<Part, undefined, undefined>,
): AsyncIterableIterator<Part, undefined, undefined> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  const parts = run(stop);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  const detach = () => signal.removeEventListener("abort", abort);
  return {
    async next() {
      let ended = true;
      try {
        const result = await parts.next();
        ended = result.done === true;
        return result;
      } finally {
        if (ended) detach();
      }
    },
    return() {
      detach();
      stop.abort();
      return parts.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* read(
  { limits, open, faults }: StreamingCall,
  stop: AbortController,
): AsyncGenerator<Part, undefined, undefined> {
  const { signal } = stop;
  if (signal.aborted) return;
  let exceeded: ExceededLimit | null = null;
  const deadline = new Deadline(limits, (limit) => {
    exceeded = limit;
    stop.abort();
  });
  const left = () => signal.aborted && exceeded === null;
  let reader: ReplyReader | null = null;
  let failure: unknown = null;
  let clean = false;
  let thought = 0;
  function* parts(text: string, reader: ReplyReader): Generator<Part> {
    const bytes = reader.thinking - thought;
    thought += bytes;
    if (bytes > 0) yield { type: "thinking", bytes };
    if (text !== "") yield { type: "text", text };
  }
  try {
    try {
      const answer = await open(signal);
      ({ reader } = answer);
      const body = new StreamedBody(answer.message);
      let size = 0;
      for (let bytes = await body.read(); bytes && !left(); bytes = await body.read()) {
        if ((size += bytes.length) > MAX_ANSWER) throw faults.tooLong();
        const text = reader.push(bytes);
        const spoke = text !== "" || reader.thinking > thought;
        // Comments and the like are signs of life too, but no beginning of the reply.
        deadline.touch(spoke);
        yield* parts(text, reader);
        if (reader.done || reader.failure) break;
        // Usage and end mark come next when the reply is whole, and are not waited for.
        if (spoke && !reader.complete) await body.gather();
      }
      clean = reader.done || (body.complete && !reader.failure);
      if (reader.done) body.drain(LINGER_MS);
    } catch (error) {
      failure = error;
    }
    if (left()) return;
    const otherwise = () => {
      const generated = reader?.generated ?? false;
      if (exceeded !== null) return faults.late(exceeded, generated);
      return failure === null ? faults.cut(generated) : faults.other(failure);
    };
    if (!reader) throw otherwise();
    yield* parts(reader.end(clean), reader);
    const ending = reader.ending(clean, otherwise);
    deadline.stop();
    if (!(ending instanceof Error)) return yield* ending;
    yield* reader.usage();
    throw ending;
  } finally {
    deadline.stop();
    if (!clean) stop.abort();
  }
}
