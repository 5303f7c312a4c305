/**
 * Cuts a streamed text before the first stop sequence. Text that may be the beginning of one is
 * held back until the next piece decides.
 */
export class StopSequences {
  private held = "";
  private over = false;

  constructor(private readonly stops: readonly string[]) {}

  /** Whether a stop sequence was found: the rest of the text is dropped. */
  get found(): boolean {
    return this.over;
  }

  /** Takes a piece; returns what may be shown. */
  push(piece: string): string {
    if (this.over) return "";
    const text = this.held + piece;
    const starts = this.stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
    if (starts.length > 0) {
      this.over = true;
      this.held = "";
      return text.slice(0, Math.min(...starts));
    }
    const begun = Math.max(0, ...this.stops.map((stop) => begunAtEnd(text, stop)));
    this.held = text.slice(text.length - begun);
    return text.slice(0, text.length - begun);
  }

  /** The text that was held back, once there is no further piece. */
  end(): string {
    const rest = this.held;
    this.held = "";
    return rest;
  }
}

/** Length of the longest end of a text with which a stop sequence begins. */
function begunAtEnd(text: string, stop: string): number {
  for (let length = Math.min(text.length, stop.length - 1); length > 0; length--) {
    if (text.endsWith(stop.slice(0, length))) return length;
  }
  return 0;
}
