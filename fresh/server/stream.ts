type Piece = string | Uint8Array;

/** What `ctx.stream()` can send. */
export type StreamSource =
  | Iterable<Piece>
  | AsyncIterable<Piece>
  | (() => Iterable<Piece> | AsyncIterable<Piece>);

const encoder = new TextEncoder();

/** A byte stream that asks the source for a piece only when the client can take it. */
export function streamOf(source: StreamSource): ReadableStream<Uint8Array> {
  const pieces = typeof source === "function" ? source() : source;
  const iterator = Symbol.asyncIterator in pieces
    ? pieces[Symbol.asyncIterator]()
    : pieces[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      while (true) {
        const { done, value } = await iterator.next();
        if (done) return controller.close();
        // An empty piece would end the wait without giving the client anything.
        if (value.length === 0) continue;
        controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
        return;
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  }, { highWaterMark: 0 });
}
