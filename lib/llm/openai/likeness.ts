const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;

const encoder = new TextEncoder();

/** What events look like that hold a text and nothing else of meaning. */
export class Likeness {
  /** What the last call of {@link read} found. */
  events = 0;
  next = 0;
  text = 0;

  /**
   * @param head what is before the text
   * @param middle what is after it: to the end, or to a second text without meaning
   * @param tail what is after that one
   */
  constructor(
    private readonly head: Uint8Array,
    private readonly middle: Uint8Array,
    private readonly tail: Uint8Array | null,
  ) {}

  /**
   * Reads as many events from `from` on as look like this. Their texts are moved together to
   * `from`; tells where those end, and where the next event begins.
   */
  read(bytes: Uint8Array, from: number): this {
    this.events = 0;
    this.next = this.text = from;
    for (;;) {
      const start = behind(bytes, this.next, this.head);
      const end = textEnd(bytes, start);
      let next = behind(bytes, end, this.middle);
      if (this.tail) next = behind(bytes, textEnd(bytes, next), this.tail);
      if (next < 0) return this;
      bytes.copyWithin(this.text, start, end);
      this.text += end - start;
      this.next = next;
      this.events++;
    }
  }
}

const CONTENT = '"content":"';
/** Random letters with which OpenAI hides how long a token is from who listens on the line. */
const OBFUSCATION = '"obfuscation":"';

/** What to expect of the events after this one, if it is as plain as nearly all are. */
export function likenessOf(event: string, data: string, text: string): Likeness | null {
  if (event !== `data: ${data}\n\n`) return null;
  const start = behindOnly(event, CONTENT);
  // What stands there is the text itself, so that nothing else can be taken for it.
  if (start < 0 || !event.startsWith(`${text}"`, start)) return null;
  const end = start + text.length;
  const hidden = event.includes(OBFUSCATION) ? behindOnly(event, OBFUSCATION) : 0;
  if (hidden < 0 || (hidden > 0 && hidden < end)) return null;
  const head = encoder.encode(event.slice(0, start));
  if (hidden === 0) return new Likeness(head, encoder.encode(event.slice(end)), null);
  const tail = event.slice(event.indexOf('"', hidden));
  return new Likeness(head, encoder.encode(event.slice(end, hidden)), encoder.encode(tail));
}

/** Where the only occurrence of `part` ends; -1 when there is none, or another. */
function behindOnly(text: string, part: string): number {
  const at = text.indexOf(part);
  return at >= 0 && text.indexOf(part, at + 1) < 0 ? at + part.length : -1;
}

/** The place behind `part` if it stands at `at`, else -1. */
function behind(bytes: Uint8Array, at: number, part: Uint8Array): number {
  const { length } = part;
  if (at < 0 || at + length > bytes.length) return -1;
  for (let i = 0; i < length; i++) if (bytes[at + i] !== part[i]) return -1;
  return at + length;
}

/** Where a JSON text that begins at `at` ends; -1 when it has escapes, is not valid, or goes on. */
function textEnd(bytes: Uint8Array, at: number): number {
  if (at < 0) return -1;
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === QUOTE) return i;
    if (byte === BACKSLASH || byte < SPACE) return -1;
  }
  return -1;
}
