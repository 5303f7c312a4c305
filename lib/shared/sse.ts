/** One server-sent event. */
export interface SseEvent {
  /** Its type; `"message"` when the stream names none. */
  event: string;
  data: string;
  /** The last id of the stream so far; `""` without one. */
  id: string;
}

const BREAK = /\r\n|\r|\n/;

/**
 * Encodes one event as text/event-stream. `data` may contain any line breaks (read back as LF);
 * line breaks in `event` and NULs and line breaks in `id` are removed, since they would end the
 * field.
 */
export function encodeSse(
  { id, event, data }: { id?: string; event: string; data: string },
): string {
  const head = id === undefined ? "" : `id: ${id.replace(/[\r\n\0]/g, "")}\n`;
  const lines = BREAK.test(data) ? data.split(BREAK).join("\ndata: ") : data;
  return `${head}event: ${event.replace(/[\r\n]/g, "")}\ndata: ${lines}\n\n`;
}

/**
 * Decodes an event stream from pieces split anywhere, by the rules of
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 * (`retry` is ignored). Bytes must be decoded before, by a streaming decoder.
 */
export class SseDecoder {
  #rest = "";
  #first = true;
  #skipLf = false;
  #event = "";
  #data: string | null = null;
  #id = "";

  /** Takes a piece of the stream and returns the events that it completed. */
  push(piece: string): SseEvent[] {
    const events: SseEvent[] = [];
    if (piece === "") return events;
    if (this.#first) {
      this.#first = false;
      if (piece.charCodeAt(0) === 0xfeff) piece = piece.slice(1);
    }
    if (this.#skipLf && piece !== "") {
      this.#skipLf = false;
      if (piece.charCodeAt(0) === 10) piece = piece.slice(1);
    }
    const text = this.#rest + piece;
    // The rest has no line break, so the search starts after it.
    let from = this.#rest.length;
    let start = 0;
    let lf = text.indexOf("\n", from);
    let cr = text.indexOf("\r", from);
    while (lf >= 0 || cr >= 0) {
      const end = lf < 0 || (cr >= 0 && cr < lf) ? cr : lf;
      const done = this.#line(text.slice(start, end));
      if (done) events.push(done);
      from = start = end + 1;
      if (end === cr) {
        if (start === text.length) this.#skipLf = true;
        else if (lf === start) from = start = start + 1;
        cr = text.indexOf("\r", from);
      }
      if (lf >= 0 && lf < from) lf = text.indexOf("\n", from);
    }
    this.#rest = text.slice(start);
    return events;
  }

  #line(line: string): SseEvent | null {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + (line.charCodeAt(colon + 1) === 32 ? 2 : 1));
    if (field === "data") this.#data = this.#data === null ? value : `${this.#data}\n${value}`;
    else if (field === "event") this.#event = value;
    else if (field === "id" && !value.includes("\0")) this.#id = value;
    return null;
  }

  #dispatch(): SseEvent | null {
    const data = this.#data;
    const event = this.#event || "message";
    this.#data = null;
    this.#event = "";
    return data === null ? null : { event, data, id: this.#id };
  }
}
