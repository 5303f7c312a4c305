import { isRecord, parseJson } from "../json.ts";
import { utf8Length } from "../tokens.ts";
import {
  inMessage,
  refusedReply,
  tooLongPrompt,
  unreadableEvent,
  wordlessReply,
} from "./errors.ts";
import type { Part, ProviderError } from "../provider.ts";
import type { EventReader } from "../reply_stream.ts";
import { ShownText } from "../shown_text.ts";
import { MessageUsage } from "./usage.ts";

/** Stop reasons of a reply that could go on. */
const CUT = new Set(["max_tokens", "model_context_window_exceeded", "pause_turn"]);

/**
 * Reads the events of Anthropic's Messages API, or a message in one piece. Blocks are told apart by
 * type, wherever they stand: only text is shown, everything else counts as thinking. Unknown events
 * and blocks are skipped, since the API adds some without notice.
 */
export class AnthropicEvents implements EventReader {
  readonly #shown = new ShownText();
  readonly #usage = new MessageUsage();
  #hiddenBytes = 0;
  #hasText = false;
  /** Whether a content block has begun, so that something is billed. */
  #begun = false;
  #stopReason: string | null = null;
  #refusalCategory: unknown = null;
  #done = false;
  #failure: ProviderError | null = null;

  /** Whether `message_stop` or a whole message was received. */
  get done(): boolean {
    return this.#done;
  }

  get failure(): ProviderError | null {
    return this.#failure;
  }

  get complete(): boolean {
    return this.#failure === null && this.#stopReason !== null;
  }

  get generated(): boolean {
    return this.#begun;
  }

  /** Before the first block, pings say only that the connection is open. */
  get waiting(): boolean {
    return !this.#begun;
  }

  get thinking(): number {
    return this.#hiddenBytes + this.#shown.hidden;
  }

  /** Reads one event and returns its text to show. */
  read(data: string, name = "message"): string {
    if (this.#done || this.#failure) return "";
    const event = parseJson(data);
    if (event === undefined) {
      if (data.trim() !== "" && name !== "ping") this.#fail(unreadableEvent(this.#begun));
      return "";
    }
    return isRecord(event) ? this.#read(event, name) : "";
  }

  /** Reads a message in one piece, or an error in its place. */
  document(data: string): string {
    const message = parseJson(data);
    if (!isRecord(message)) {
      this.#fail(unreadableEvent(this.#begun));
      return "";
    }
    if (message.type === "error" || message.error) return this.#read(message, "error");
    if (!Array.isArray(message.content)) return "";
    const text = message.content.filter(isRecord).map((block) => this.#block(block)).join("");
    this.#usage.end(message.usage);
    this.#stop(message);
    this.#done = true;
    return text;
  }

  rest(): string {
    return this.#show(this.#shown.end());
  }

  ending(_clean: boolean, otherwise: () => ProviderError): Part[] | ProviderError {
    if (this.#failure) return this.#failure;
    const reason = this.#stopReason ?? (this.#done && this.#hasText ? "end_turn" : null);
    if (reason === null) return otherwise();
    if (reason === "refusal") return refusedReply(this.#refusalCategory, this.#hasText);
    const cut = CUT.has(reason);
    if (cut && !this.#hasText) {
      return reason === "max_tokens" ? wordlessReply() : tooLongPrompt();
    }
    return [...this.usage(), { type: "end", reason: cut ? "length" : "stop" }];
  }

  usage(): Part[] {
    const usage = this.#usage.claim;
    return usage ? [{ type: "usage", usage }] : [];
  }

  #read(event: Record<string, unknown>, name: string): string {
    switch (event.type ?? name) {
      case "message_start":
        if (isRecord(event.message)) this.#usage.start(event.message.usage);
        return "";
      case "content_block_start":
        return isRecord(event.content_block) ? this.#block(event.content_block) : "";
      case "content_block_delta":
        return isRecord(event.delta) ? this.#delta(event.delta) : "";
      case "message_delta":
        this.#usage.end(event.usage);
        if (isRecord(event.delta)) this.#stop(event.delta);
        return "";
      case "message_stop":
        this.#done = true;
        return "";
      case "error":
        this.#fail(inMessage(event, this.#begun));
        return "";
      default:
        return "";
    }
  }

  /** A block's beginning, or the whole of it. */
  #block({ type, text, ...hidden }: Record<string, unknown>): string {
    this.#begun = true;
    if (type === "text") return this.#show(this.#shown.take(stringOf(text)));
    this.#hiddenBytes += utf8Length(stringOf(hidden.thinking) + stringOf(hidden.data));
    return "";
  }

  #delta({ type, text, thinking, partial_json: input }: Record<string, unknown>): string {
    this.#begun = true;
    if (type === "text_delta") return this.#show(this.#shown.take(stringOf(text)));
    this.#hiddenBytes += utf8Length(stringOf(thinking) + stringOf(input));
    return "";
  }

  #show(text: string): string {
    if (text !== "") this.#hasText = true;
    return text;
  }

  /** Notes the stop reason. A refusal's details may also come without one. */
  #stop({ stop_reason: reason, stop_details: details }: Record<string, unknown>): void {
    if (typeof reason === "string") this.#stopReason = reason;
    if (!isRecord(details)) return;
    this.#refusalCategory = details.category;
    if (details.type === "refusal") this.#stopReason = "refusal";
  }

  /** Notes a failure, unless the reply is whole already. */
  #fail(error: ProviderError): void {
    if (this.complete) this.#done = true;
    else this.#failure = error;
  }
}

const stringOf = (value: unknown) => typeof value === "string" ? value : "";
