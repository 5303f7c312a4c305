import { borderIn, IDLE_SPACE, skip } from "./split_borders.ts";
import { Spans } from "./split_spans.ts";

const FENCE = "```";
/** Prefix of a quoted line. */
const QUOTE = "> ";
/** Quoted lines without text. */
const IDLE_QUOTE = /(?:>[^\S\n]*\n)*/y;
/** Smallest limit: below it a reopened code block has no room for code. */
const SMALLEST = 32;

/**
 * Splits a text into messages of at most `limit` UTF-16 units.
 * Splits between paragraphs, else lines, sentences, words, grapheme clusters. An address is split
 * only when it is longer than a message, and so is a grapheme cluster (by code points). White
 * space at a split is dropped; a code block, quotation or mark open there is closed and reopened
 * in the next message. Nothing else changes. White space alone gives no message.
 * Twilio's limit is 1,600 and it counts at most UTF-16 units, so 1,500 is safe.
 * https://www.twilio.com/docs/api/errors/21617
 * @throws {RangeError} when the limit is below 32.
 */
export function splitMessage(text: string, limit = 1500): string[] {
  if (limit < SMALLEST) throw new RangeError(`Cannot cut messages of ${limit} characters`);
  return [...new Splitter(text.trimEnd(), limit).messages()];
}

/** State at a message's end, reopened in the next message. */
interface Cut {
  readonly body: string;
  /** Offset of the next message. */
  readonly next: number;
  readonly inCode: boolean;
  readonly quoted: boolean;
  /** Whether the split is within a line. */
  readonly inLine: boolean;
  readonly marks: readonly string[];
}

class Splitter {
  readonly #spans: Spans;
  #from: number;
  #inCode = false;
  #lineStart = 0;
  /** Opening of the next message. */
  #opening = "";

  constructor(readonly text: string, readonly limit: number) {
    this.#spans = new Spans(text);
    this.#from = skip(text, 0, /\s*\n|\s*$/y);
  }

  *messages(): Generator<string> {
    while (this.#from < this.text.length) {
      const { cut, message } = this.#fitting();
      if (cut.body.trim() !== "") yield message;
      this.#advance(cut);
    }
  }

  /** The longest message that fits, with its closing marks. */
  #fitting(): { cut: Cut; message: string } {
    const most = this.limit - this.#opening.length;
    for (let room = most;; room--) {
      const cut = this.#cutAt(this.#end(room));
      const message = this.#opening + cut.body + (cut.next < this.text.length ? closing(cut) : "");
      if (message.length <= this.limit) return { cut, message };
      room = Math.min(room, most - closing(cut).length + 1);
    }
  }

  /** Best end of a message of at most `room` units. */
  #end(room: number): number {
    const { text } = this, from = this.#from;
    if (text.length - from <= room) return text.length;
    return from + borderIn(text, from, room, { inCode: this.#inCode, spans: this.#spans });
  }

  #cutAt(to: number): Cut {
    const { text } = this;
    const body = text.slice(this.#from, to).trimEnd();
    const inCode: boolean = this.#inCode !== (occurrences(body) % 2 === 1);
    // Inside a code block the next line keeps its indentation.
    const next = skip(text, to, inCode ? /(?:[^\S\n]*\n)*/y : IDLE_SPACE);
    const end = this.#from + body.length;
    const inLine = !text.slice(end, next).includes("\n");
    const quoted = text.startsWith(QUOTE, this.#lineStartOf(end));
    return {
      body: quoted || inLine ? body : body.replace(/(?:\n>[^\S\n]*)+$/, ""),
      next,
      inCode,
      quoted: quoted && (inLine || inCode),
      inLine,
      marks: inLine && !inCode ? this.#spans.across(end, next) : [],
    };
  }

  /** Start of the line before `end`. */
  #lineStartOf(end: number): number {
    const inBody = this.text.slice(this.#from, end).lastIndexOf("\n");
    return inBody < 0 ? this.#lineStart : this.#from + inBody + 1;
  }

  #advance(cut: Cut): void {
    const { text } = this;
    this.#lineStart = cut.inLine ? this.#lineStartOf(this.#from + cut.body.length) : cut.next;
    this.#from = cut.next;
    this.#inCode = cut.inCode;
    const closed = cut.inCode ? skip(text, cut.next, /\s*(?:> )?```/y) : cut.next;
    if (closed > cut.next) {
      // The previous message was closed already: skip the original fence.
      this.#from = skip(text, closed, IDLE_SPACE);
      this.#lineStart = this.#from;
      this.#inCode = false;
    }
    if (this.#from === this.#lineStart) this.#from = skip(text, this.#from, IDLE_QUOTE);
    if (this.#from > cut.next) this.#lineStart = this.#from;
    this.#opening = this.#from === cut.next ? opening(cut) : "";
  }
}

function closing({ inCode, quoted, marks }: Cut): string {
  if (inCode) return `\n${quoted ? QUOTE : ""}${FENCE}`;
  return marks.toReversed().join("");
}

function opening({ inCode, quoted, inLine, marks }: Cut): string {
  const quote = quoted ? QUOTE : "";
  return inCode ? `${quote}${FENCE}\n${inLine ? quote : ""}` : quote + marks.join("");
}

function occurrences(text: string): number {
  let count = 0;
  for (let at = text.indexOf(FENCE); at >= 0; at = text.indexOf(FENCE, at + FENCE.length)) count++;
  return count;
}
