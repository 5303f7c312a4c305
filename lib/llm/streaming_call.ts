import { StreamedBody } from "../platform/streamed_body.ts";
import type { IncomingMessage } from "node:http";
import { Deadline, type ExceededLimit, type StreamLimits } from "./deadline.ts";
import { CallFailures } from "./call_failures.ts";
import type { Part } from "./provider.ts";
import { type EventReader, ReplyStream } from "./reply_stream.ts";

/** Bytes of one response read before it counts as broken. */
const MAX_ANSWER = 32 << 20;

/** How long, in ms, a response may take after its end mark for its connection to be reused. */
const LINGER_MS = 1_000;

export interface StreamingCall {
  /** The provider's name in failure messages. */
  company: string;
  limits: StreamLimits;
  /**
   * Sends the request; resolves with a successful response and throws a refusal's failure.
   * @param signal must close the connection
   */
  open(signal: AbortSignal): Promise<IncomingMessage>;
  reader(): EventReader;
}

/**
 * Streams one reply within its time limits. Text is read in batches; usage and thinking come before
 * a failure. An abort or an early return closes the connection at once, and no part follows.
 */
export function streamReply(
  call: StreamingCall,
  signal: AbortSignal,
): AsyncIterableIterator<Part, undefined, undefined> {
  return closable(signal, (stop) => read(call, stop));
}

/**
 * An iterable that an abort or a return ends at once, even while a part is awaited; a generator's
 * return would wait for that part.
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
  { company, limits, open, reader }: StreamingCall,
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
  const failures = new CallFailures(company);
  let reply: ReplyStream | null = null;
  let failure: unknown = null;
  let clean = false;
  let thought = 0;
  function* parts(text: string, { thinking }: ReplyStream): Generator<Part> {
    const bytes = thinking - thought;
    thought += bytes;
    if (bytes > 0) yield { type: "thinking", bytes };
    if (text !== "") yield { type: "text", text };
  }
  try {
    try {
      const message = await open(signal);
      reply = streamOf(message, reader(), failures);
      const body = new StreamedBody(message);
      let size = 0;
      for (let bytes = await body.read(); bytes && !left(); bytes = await body.read()) {
        if ((size += bytes.length) > MAX_ANSWER) throw failures.tooLong();
        const text = reply.push(bytes);
        const spoke = text !== "" || reply.thinking > thought;
        // Comments are signs of life, but no beginning of the reply.
        if (!reply.waiting) deadline.touch(spoke);
        yield* parts(text, reply);
        if (reply.done || reply.failure) break;
        // When the reply is whole, usage and end mark come next and are not waited for.
        if (spoke && !reply.complete) await body.gather();
      }
      clean = reply.done || (body.complete && !reply.failure);
      if (reply.done) body.drain(LINGER_MS);
    } catch (error) {
      failure = error;
    }
    if (left()) return;
    const otherwise = () => {
      const generated = reply?.generated ?? false;
      if (exceeded !== null) return failures.late(exceeded, generated);
      return failure === null ? failures.cut(generated) : failures.of(failure);
    };
    if (!reply) throw otherwise();
    yield* parts(reply.end(clean), reply);
    const ending = reply.ending(clean, otherwise);
    deadline.stop();
    if (!(ending instanceof Error)) return yield* ending;
    yield* reply.usage();
    throw ending;
  } finally {
    deadline.stop();
    if (!clean) stop.abort();
  }
}

function streamOf(
  { statusCode = 0, headers }: IncomingMessage,
  reader: EventReader,
  failures: CallFailures,
): ReplyStream {
  const type = headers["content-type"]?.toLowerCase() ?? "";
  const told = type.startsWith("text/event-stream");
  return new ReplyStream(reader, told ? null : () => failures.notAStream(statusCode, type));
}
