import type { Part } from "../provider.ts";

const DONE: IteratorResult<Part, undefined> = { done: true, value: undefined };

/**
 * What stands between a provider's events and the reader of its parts. Text
 * that came since the last part was taken is handed out as one part. A waiting
 * reader is woken behind the current run of events, so that all that one socket
 * read brought is in that part. `cancel` is called once, when the reader returns
 * early.
 */
export class PartQueue implements AsyncIterableIterator<Part, undefined, undefined> {
  #text = "";
  #thinking = 0;
  #tail: Part[] = [];
  #error: unknown;
  #state: "open" | "ended" | "failed" | "closed" = "open";
  #reader: PromiseWithResolvers<IteratorResult<Part, undefined>> | null = null;
  #waking = false;

  /** @param onText where text goes as it comes, if not into parts */
  constructor(
    private readonly cancel: () => void,
    private readonly onText?: (text: string) => void,
  ) {}

  /** Whether nothing more is taken in. */
  get settled(): boolean {
    return this.#state !== "open";
  }

  /** Adds text of the reply. */
  text(text: string): void {
    if (this.#add(text)) this.#wake();
  }

  /** Adds text, and bytes of thinking, and wakes the reader at once: for who has gathered it already. */
  give(text: string, thinking = 0): void {
    if (!this.settled) this.#thinking += thinking;
    if (this.#add(text) || thinking > 0) this.#hand();
  }

  /** Ends the reply with its last parts; text already there still comes before them. */
  end(...parts: Part[]): void {
    if (this.settled) return;
    this.#state = "ended";
    this.#tail = parts;
    this.#wake();
  }

  /** Fails the reply, after the text already there and these parts. */
  fail(error: unknown, ...parts: Part[]): void {
    if (this.settled) return;
    this.#state = "failed";
    this.#error = error;
    this.#tail = parts;
    this.#wake();
  }

  /** Ends the iteration at once and drops what is there. */
  close(): void {
    this.#state = "closed";
    this.#text = "";
    this.#thinking = 0;
    this.#tail = [];
    this.#reader?.resolve(DONE);
    this.#reader = null;
  }

  next(): Promise<IteratorResult<Part, undefined>> {
    if (this.#reader) return Promise.reject(new TypeError("One part at a time"));
    this.#reader = Promise.withResolvers();
    const { promise } = this.#reader;
    if (!this.#waking) this.#hand();
    return promise;
  }

  return(): Promise<IteratorResult<Part, undefined>> {
    const early = this.#state === "open";
    this.close();
    if (early) this.cancel();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Takes text in; whether it is for a part. */
  #add(text: string): boolean {
    if (this.settled || text === "") return false;
    if (this.onText) {
      this.onText(text);
      return false;
    }
    this.#text += text;
    return true;
  }

  #wake(): void {
    if (this.#waking || !this.#reader) return;
    this.#waking = true;
    setImmediate(() => {
      this.#waking = false;
      this.#hand();
    });
  }

  #hand(): void {
    const reader = this.#reader;
    if (!reader) return;
    const part = this.#take();
    if (part) reader.resolve({ done: false, value: part });
    else if (this.#state === "failed") {
      reader.reject(this.#error);
      this.#state = "closed";
    } else if (this.#state === "open") return;
    else reader.resolve(DONE);
    this.#reader = null;
  }

  #take(): Part | undefined {
    if (this.#thinking > 0) {
      const bytes = this.#thinking;
      this.#thinking = 0;
      return { type: "thinking", bytes };
    }
    if (this.#text === "") return this.#tail.shift();
    const text = this.#text;
    this.#text = "";
    return { type: "text", text };
  }
}
