import { isRecord, messageContent, thinkingBeside } from "./content.ts";
import { failedReply, inStream, unreadable, wordless } from "./errors.ts";
import { type Finish, finishOf } from "./finish.ts";
import { usageClaim, usageIn } from "./usage.ts";
import type { Part, ProviderError } from "../provider.ts";
import type { EventReader } from "../reply_stream.ts";
import { ShownText } from "../shown_text.ts";

/**
 * Makes sense of a chat completion's chunks, one `data:` at a time, or of a
 * completion that comes in one piece. What is no chunk is passed over, for
 * servers send much beside the reply; only what is no JSON at all breaks it.
 */
export class OpenAiChunks implements EventReader {
  readonly #shown = new ShownText();
  #reasoning = 0;
  #finish: Finish | null = null;
  /** Whether the reason stands apart from what each chunk says. */
  #own = false;
  /** Whether a reason came before the reply went on: then it says nothing. */
  #fickle = false;
  /** Whether a part of the reply came without a reason. */
  #went = false;
  #usage: unknown = null;
  #hasText = false;
  #done = false;
  #failure: ProviderError | null = null;
  /** Which of several choices is read: the one that came first. */
  #index: unknown = null;

  /** Whether `[DONE]` or a whole completion came. */
  get done(): boolean {
    return this.#done;
  }

  /** Why nothing more of the answer is of use; null while it may be. */
  get failure(): ProviderError | null {
    return this.#failure;
  }

  /** Whether the reply is whole, wherever the answer ends. */
  get complete(): boolean {
    return this.#whole(false);
  }

  /** Whether any text came that is shown. */
  get hasText(): boolean {
    return this.#hasText;
  }

  /** Whether any text came, or thinking. */
  get generated(): boolean {
    return this.#hasText || this.thinking > 0;
  }

  /** UTF-8 bytes of the reply that are not shown. */
  get thinking(): number {
    return this.#reasoning + this.#shown.hidden;
  }

  /** Reads one event and returns what it brings to show (content or refusal). */
  read(data: string, event = "message"): string {
    if (this.#done || this.#failure) return "";
    const value = data.trim() === "[DONE]" ? "[DONE]" : parse(data);
    if (value === "[DONE]") {
      this.#done = true;
      return "";
    }
    if (value === undefined) {
      const lines = linesOf(data);
      if (lines !== null) return this.#lines(lines, event);
      if (event === "error") this.#fail(inStream(data, this.generated));
      else if (event === "message" && data.trim() !== "") this.#fail(unreadable(this.generated));
      return "";
    }
    return isRecord(value) ? this.#chunk(value, event) : "";
  }

  /** Reads a completion that came in one piece, or its chunks in a list, or an error in its place. */
  document(data: string): string {
    const value = parse(data);
    const lines = value === undefined ? linesOf(data) : null;
    if (lines !== null) return this.#lines(lines, "message");
    if (value === undefined) this.#fail(unreadable(this.generated));
    let text = "";
    let choices = false;
    for (const completion of Array.isArray(value) ? value : [value]) {
      if (!isRecord(completion)) continue;
      text += this.#chunk(completion, "message");
      choices ||= Array.isArray(completion.choices);
    }
    if (choices) this.#done = true;
    return text;
  }

  /** Returns what was held back, when nothing more comes. */
  rest(): string {
    const text = this.#shown.end();
    if (text !== "") this.#hasText = true;
    return text;
  }

  ending(clean: boolean, otherwise: () => ProviderError): Part[] | ProviderError {
    if (this.#failure) return this.#failure;
    if (this.#finish === "failure") return failedReply();
    if (!this.#whole(clean)) return otherwise();
    const reason = this.#finish ?? "stop";
    if (reason !== "stop" && !this.#hasText) return wordless(reason);
    return [...this.usage(), { type: "end", reason }];
  }

  /** What the server says was used, if it said so. */
  usage(): Part[] {
    const usage = usageClaim(this.#usage);
    return usage ? [{ type: "usage", usage }] : [];
  }

  #chunk(chunk: Record<string, unknown>, event: string): string {
    const choice = this.#followed(Array.isArray(chunk.choices) ? chunk.choices : []);
    const usage = usageIn(chunk, choice);
    if (usageClaim(usage)) this.#usage = usage;
    const text = isRecord(choice) ? this.#choice(choice) : "";
    const error = errorIn(chunk, choice, event);
    if (error) this.#fail(inStream(error, this.generated));
    return text;
  }

  #lines(lines: readonly string[], event: string): string {
    return lines.reduce((before, line) => before + this.read(line, event), "");
  }

  /** The choice that is read, of those in a chunk: a server may send others that nobody asked for. */
  #followed(choices: readonly unknown[]): unknown {
    const records = choices.filter(isRecord);
    this.#index ??= records[0]?.index ?? null;
    return records.find(({ index = this.#index }) => index === this.#index || this.#index === null);
  }

  #choice(choice: Record<string, unknown>): string {
    const finish = finishOf(choice.finish_reason);
    const { delta } = choice;
    // Some servers end with the whole message once more.
    const message = isRecord(delta) ? delta : this.generated ? null : choice.message;
    if (!isRecord(message)) return this.#add("", 0, finish);
    const { text, thinking } = messageContent(message.content);
    const refusal = typeof message.refusal === "string" ? message.refusal : "";
    const hidden = thinking + thinkingBeside(message);
    return this.#add(text + refusal, hidden, finish);
  }

  #add(text: string, thinking: number, finish: Finish | null): string {
    const speaks = text !== "" || thinking > 0;
    if (speaks && this.#finish !== null) {
      this.#fickle = true;
      this.#finish = null;
    }
    if (finish !== null) {
      this.#finish = finish;
      this.#own = !speaks || this.#went;
    } else if (speaks) this.#went = true;
    this.#reasoning += thinking;
    const shown = this.#shown.take(text);
    if (shown !== "") this.#hasText = true;
    return shown;
  }

  /** A reply that is whole is not broken by what comes after it. */
  #fail(error: ProviderError): void {
    if (this.complete) this.#done = true;
    else this.#failure = error;
  }

  #whole(clean: boolean): boolean {
    if (this.#failure || this.#finish === "failure") return false;
    if (this.#done) return this.#finish !== null || this.generated;
    return this.#finish !== null && !this.#fickle && (clean || this.#own);
  }
}

/** An error in a chunk, in its choice, or told by the event's name. */
function errorIn(chunk: Record<string, unknown>, choice: unknown, event: string): unknown {
  if (chunk.error) return chunk.error;
  if (isRecord(choice) && choice.error) return choice.error;
  const told = event === "error" || chunk.object === "error" || chunk.type === "error" ||
    (!("choices" in chunk) && (typeof chunk.detail === "string" || chunk.status === "error"));
  return told ? chunk : null;
}

/** Some servers put "data:" twice, leave out the blank lines between events, or send lines of JSON. */
function linesOf(data: string): string[] | null {
  const lines = data.split("\n").map((line) => line.replace(/^\s*(?:data:\s*)*/, "").trim())
    .filter((line) => line !== "");
  const read = lines.every((line) => line === "[DONE]" || parse(line) !== undefined);
  return read && lines.length > 0 ? lines : null;
}

/** The value of a JSON text; undefined when it is none. */
function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
