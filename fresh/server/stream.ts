type Piece = string | Uint8Array;

/** Sources of `ctx.stream()`. */
export type StreamSource =
  | Iterable<Piece>
  | AsyncIterable<Piece>
  | (() => Iterable<Piece> | AsyncIterable<Piece>);

const encoder = new TextEncoder();

/** Pull-based byte stream: takes a piece only when the client can accept it. */
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
        // An empty piece would end the pull without sending anything.
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
