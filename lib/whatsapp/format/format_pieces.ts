/**
 * A piece of a line.
 * `open` and `close` are marks, `raw` is never changed, and no mark may touch an `address`.
 */
export interface Piece {
  readonly kind: "text" | "open" | "close" | "raw" | "address" | "break";
  readonly text: string;
  /** A mark as written in the Markdown. */
  readonly source?: string;
}
