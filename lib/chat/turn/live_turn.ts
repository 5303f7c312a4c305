import { BlockStream } from "../../markdown/blocks/blocks.ts";
import type { TurnState } from "../rules/turn_events.ts";
import type { ChatEvent, StartEvent } from "../../shared/chat_events.ts";
import type { FlushScheduler } from "./flush_scheduler.ts";

type Notice = Extract<ChatEvent, { type: "notice" }>;

/** A turn of this process: its reply so far, for watchers. */
export class LiveTurn implements TurnState {
  text = "";
  /** Bytes of hidden thinking. */
  thinking = 0;
  /** The last shown piece, and its time in ms of `performance.now()`. */
  latest = { from: 0, text: "" };
  shownAt = 0;
  readonly blocks: string[] = [];
  readonly ends: number[] = [];
  readonly notices: Notice[];
  closing: readonly ChatEvent[] = [];
  withdrawn: string | null = null;
  private pending = "";
  private readonly stream = new BlockStream();
  private readonly watchers = new Set<() => void>();
  private readonly endings: (() => void)[] = [];

  constructor(
    readonly conversation: string,
    readonly turn: number,
    readonly start: StartEvent,
    notices: readonly Notice[],
    private readonly flushes: FlushScheduler,
  ) {
    this.notices = [...notices];
  }

  /** Adds text of the reply. The first is shown at once, the rest a few times a second. */
  append(text: string): void {
    this.pending += text;
    if (this.text === "") this.show();
    else this.flushes.add(this);
  }

  /** Length of the text, shown or not. */
  get length(): number {
    return this.text.length + this.pending.length;
  }

  /** Shows all text so far. */
  show(): void {
    if (this.pending === "") return;
    this.shownAt = performance.now();
    this.takePending();
    this.notify();
  }

  /** Takes all text back, for good. */
  withdraw(code: string): void {
    this.withdrawn = code;
    this.text = this.pending = "";
    this.blocks.length = this.ends.length = 0;
    this.notify();
  }

  /** Ends the reply's text, so that its last block is finished. */
  finish(): void {
    if (this.pending !== "") this.takePending();
    this.add(this.stream.end());
  }

  /** Whether anyone follows it now. */
  get isFollowed(): boolean {
    return this.watchers.size > 0;
  }

  /** The whole reply as safe HTML, after finish(). */
  get html(): string {
    return this.stream.html;
  }

  /** Shows a notice while the turn runs. */
  note(notice: Notice): void {
    this.notices.push(notice);
    this.notify();
  }

  /** Ends the turn with its last events. */
  close(closing: readonly ChatEvent[], notices: readonly Notice[] = []): void {
    this.notices.push(...notices);
    this.closing = closing;
    this.notify();
    this.watchers.clear();
    for (const done of this.endings.splice(0)) done();
  }

  /** Calls `done` when the turn is over; unlike {@link watch} it does not count as following. */
  onClose(done: () => void): void {
    if (this.closing.length > 0) done();
    else this.endings.push(done);
  }

  /** Calls `wake` at every change. Returns the unsubscribe function. */
  watch(wake: () => void): () => void {
    this.watchers.add(wake);
    return () => void this.watchers.delete(wake);
  }

  /** Resolves when the turn is over, or after `patienceMs`. */
  ended(patienceMs: number): Promise<void> {
    if (this.closing.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(), patienceMs);
      const unwatch = this.watch(() => this.closing.length > 0 && done());
      const done = () => {
        clearTimeout(timer);
        unwatch();
        resolve();
      };
    });
  }

  private takePending(): void {
    this.latest = { from: this.text.length, text: this.pending };
    this.text += this.pending;
    this.add(this.stream.push(this.pending));
    this.pending = "";
  }

  private add(blocks: readonly string[]): void {
    for (const block of blocks) {
      this.blocks.push(block);
      this.ends.push(this.stream.upTo);
    }
  }

  private notify(): void {
    for (const wake of this.watchers) wake();
  }
}
