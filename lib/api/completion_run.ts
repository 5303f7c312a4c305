import type { ReplyFailure } from "../locales/errors/api_codes.ts";

/** Token counts of a reply, as booked. */
export interface CompletionUsage {
  input: number;
  cached: number;
  output: number;
  reasoning: number;
}

/** How a reply ended; its cost is settled by then. */
export type CompletionEnd =
  | {
    kind: "done";
    reason: "stop" | "length" | "filter";
    usage: CompletionUsage;
    /** Whether the provider took its text back. */
    withdrawn: boolean;
  }
  | { kind: "failed"; reason: ReplyFailure | "internal"; retryAfterMs: number | null };

/**
 * A reply under way: its text grows whether or not the client reads it, so a slow client holds up
 * nothing. A client that leaves stops it.
 */
export class CompletionRun {
  readonly abort = new AbortController();
  /** Resolves with the first text, or at the end. */
  readonly begun: Promise<void>;
  /** Resolves at the end. */
  readonly done: Promise<CompletionEnd>;
  private text = "";
  private end: CompletionEnd | null = null;
  private readonly first = Promise.withResolvers<void>();
  private readonly last = Promise.withResolvers<CompletionEnd>();
  private wake = () => {};

  /** @param id of the call, and of its ledger entry */
  constructor(readonly id: string, readonly createdAt: number) {
    this.begun = this.first.promise;
    this.done = this.last.promise;
  }

  append(text: string): void {
    this.text += text;
    this.first.resolve();
    this.wake();
  }

  close(end: CompletionEnd): void {
    this.end = end;
    this.first.resolve();
    this.last.resolve(end);
    this.wake();
  }

  /** The end, unless there is text to take before it. */
  get onlyEnd(): CompletionEnd | null {
    return this.text === "" ? this.end : null;
  }

  /** Text since the last call, waiting for some; the end comes with the last text. */
  async take(): Promise<{ text: string; end: CompletionEnd | null }> {
    if (this.text === "" && this.end === null) {
      await new Promise<void>((resolve) => this.wake = resolve);
    }
    const { text, end } = this;
    this.text = "";
    return { text, end };
  }

  /** Stops the reply; its text so far is paid for. */
  stop(): void {
    this.abort.abort();
  }
}
