import { isRecord, parseJson } from "../json.ts";
import { messageContent, thinkingBeside } from "./content.ts";
import { OpenAiFailures } from "./errors.ts";
import { type Finish, finishOf } from "./finish.ts";
import { usageClaim, usageIn } from "./usage.ts";
import type { Part, ProviderError } from "../provider.ts";
import type { EventReader } from "../reply_stream.ts";
import { ShownText } from "../shown_text.ts";

/**
 * Reads the chunks of a chat completion, one `data:` at a time, or a completion in one piece. Valid
 * JSON that is no chunk is skipped, since servers send much beside the reply; invalid JSON breaks
 * it.
 */
export class OpenAiChunks implements EventReader {
  readonly #shown = new ShownText();
  #reasoning = 0;
  #finish: Finish | null = null;
  /** Whether the finish reason stands apart: without text, or after parts without a reason. */
  #separateFinish = false;
  /** Whether more of the reply followed a finish reason, which then counts for nothing. */
  #finishOverrun = false;
  /** Whether a part of the reply came without a finish reason. */
  #partWithoutFinish = false;
  #usage: unknown = null;
  #hasText = false;
  #done = false;
  #failure: ProviderError | null = null;
  /** Index of the choice that is read: the first one received. */
  #index: unknown = null;

  constructor(private readonly failures = new OpenAiFailures("OpenAI")) {}

  /** Whether `[DONE]` or a whole completion was received. */
  get done(): boolean {
    return this.#done;
  }

  /** Why the rest of the response is useless; null while it may be of use. */
  get failure(): ProviderError | null {
    return this.#failure;
  }

  /** Whether the reply is whole, wherever the response ends. */
  get complete(): boolean {
    return this.#whole(false);
  }

  /** Whether any shown text was received. */
  get hasText(): boolean {
    return this.#hasText;
  }

  /** Whether any text or thinking was received. */
  get generated(): boolean {
    return this.#hasText || this.thinking > 0;
  }

  /** UTF-8 bytes of the reply that are not shown. */
  get thinking(): number {
    return this.#reasoning + this.#shown.hidden;
  }

  /** Reads one event and returns its text to show (content or refusal). */
  read(data: string, event = "message"): string {
    if (this.#done || this.#failure) return "";
    const value = data.trim() === "[DONE]" ? "[DONE]" : parseJson(data);
    if (value === "[DONE]") {
      this.#done = true;
      return "";
    }
    if (value === undefined) {
      const lines = linesOf(data);
      if (lines !== null) return this.#lines(lines, event);
      if (event === "error") this.#fail(this.failures.inStream(data, this.generated));
      else if (event === "message" && data.trim() !== "") {
        this.#fail(this.failures.unreadable(this.generated));
      }
      return "";
    }
    return isRecord(value) ? this.#chunk(value, event) : "";
  }

  /** Reads a completion in one piece, a list of chunks, or an error in their place. */
  document(data: string): string {
    const value = parseJson(data);
    const lines = value === undefined ? linesOf(data) : null;
    if (lines !== null) return this.#lines(lines, "message");
    if (value === undefined) this.#fail(this.failures.unreadable(this.generated));
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

  /** Returns the text held back, at the end of the response. */
  rest(): string {
    const text = this.#shown.end();
    if (text !== "") this.#hasText = true;
    return text;
  }

  ending(clean: boolean, otherwise: () => ProviderError): Part[] | ProviderError {
    if (this.#failure) return this.#failure;
    if (this.#finish === "failure") return this.failures.failedReply();
    if (!this.#whole(clean)) return otherwise();
    const reason = this.#finish ?? "stop";
    if (reason !== "stop" && !this.#hasText) return this.failures.wordless(reason);
    return [...this.usage(), { type: "end", reason }];
  }

  /** The server's usage claim, if any. */
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
    if (error) this.#fail(this.failures.inStream(error, this.generated));
    return text;
  }

  #lines(lines: readonly string[], event: string): string {
    return lines.reduce((before, line) => before + this.read(line, event), "");
  }

  /** The choice that is read; a server may send others unasked. */
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
      this.#finishOverrun = true;
      this.#finish = null;
    }
    if (finish !== null) {
      this.#finish = finish;
      this.#separateFinish = !speaks || this.#partWithoutFinish;
    } else if (speaks) this.#partWithoutFinish = true;
    this.#reasoning += thinking;
    const shown = this.#shown.take(text);
    if (shown !== "") this.#hasText = true;
    return shown;
  }

  /** Notes a failure, unless the reply is whole already. */
  #fail(error: ProviderError): void {
    if (this.complete) this.#done = true;
    else this.#failure = error;
  }

  #whole(clean: boolean): boolean {
    if (this.#failure || this.#finish === "failure") return false;
    if (this.#done) return this.#finish !== null || this.generated;
    return this.#finish !== null && !this.#finishOverrun && (clean || this.#separateFinish);
  }
}

/** An error in a chunk, in its choice, or by the event's name. */
function errorIn(chunk: Record<string, unknown>, choice: unknown, event: string): unknown {
  if (chunk.error) return chunk.error;
  if (isRecord(choice) && choice.error) return choice.error;
  const told = event === "error" || chunk.object === "error" || chunk.type === "error" ||
    (!("choices" in chunk) && (typeof chunk.detail === "string" || chunk.status === "error"));
  return told ? chunk : null;
}

/** Splits an event: some servers repeat "data:", omit the blank lines, or send lines of JSON. */
function linesOf(data: string): string[] | null {
  const lines = data.split("\n").map((line) => line.replace(/^\s*(?:data:\s*)*/, "").trim())
    .filter((line) => line !== "");
  const read = lines.every((line) => line === "[DONE]" || parseJson(line) !== undefined);
  return read && lines.length > 0 ? lines : null;
}
