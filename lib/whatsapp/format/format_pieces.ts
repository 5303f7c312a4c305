/**
 * A piece of a line: text, a mark that opens or closes, what must stay as it is, an
 * address (which stays too, and which no mark may touch), the end of a line.
 */
export interface Piece {
  readonly kind: "text" | "open" | "close" | "raw" | "address" | "break";
  readonly text: string;
  /** Of a mark: what stood in the Markdown. */
  readonly source?: string;
}
