import { AsyncLocalStorage } from "node:async_hooks";
import type { Clock } from "../clock.ts";
import type { Attributes, FinishedSpan, SpanContext, SpanKind } from "./span.ts";

/** Takes spans that have ended. */
export interface SpanSink {
  add(span: FinishedSpan): void;
  close(): Promise<void>;
}

/** A span under way; its first end counts. */
export interface OpenSpan {
  readonly context: SpanContext;
  set(attributes: Attributes): void;
  rename(name: string): void;
  end(failed?: boolean): void;
}

interface SpanOptions {
  kind?: SpanKind;
  attributes?: Attributes;
  /** The caller's span outside of this process, for one that is within no other. */
  caller?: SpanContext | null;
}

/**
 * Spans of this process. What is called within `within()`, and goes on after it, has its span as
 * parent.
 */
export class Tracer {
  private readonly current = new AsyncLocalStorage<SpanContext>();

  constructor(private readonly clock: Clock, private readonly sink: SpanSink) {}

  start(first: string, options: SpanOptions = {}): OpenSpan {
    const { kind = "internal", attributes = {}, caller = null } = options;
    const startedMs = this.clock();
    // The clock may be set meanwhile.
    const began = performance.now();
    const { context, parent } = this.place(caller);
    let name = first;
    let all = attributes;
    let open = true;
    return {
      context,
      set: (more) => {
        all = { ...all, ...more };
      },
      rename: (to) => {
        name = to;
      },
      end: (failed = false) => {
        if (!open) return;
        open = false;
        const endedMs = startedMs + performance.now() - began;
        this.sent({ context, parent, name, kind, startedMs, endedMs, attributes: all, failed });
      },
    };
  }

  /** Adds a span that is over. */
  add(
    span: Pick<FinishedSpan, "name" | "startedMs" | "endedMs" | "attributes" | "failed">,
  ): void {
    this.sent({ ...span, ...this.place(null), kind: "internal" });
  }

  within<T>(span: OpenSpan, run: () => T): T {
    return this.current.run(span.context, run);
  }

  /** Sends what has ended. */
  close(): Promise<void> {
    return this.sink.close();
  }

  private sent(span: FinishedSpan): void {
    if (span.context.sampled) this.sink.add(span);
  }

  private place(caller: SpanContext | null): { context: SpanContext; parent: string | null } {
    const around = this.current.getStore() ?? caller;
    const { trace = randomHex(16), sampled = true } = around ?? {};
    return { context: { trace, span: randomHex(8), sampled }, parent: around?.span ?? null };
  }
}

function randomHex(bytes: number): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toHex();
}
