import type { Log } from "../log.ts";
import { otlpRequest, type Resource } from "./otlp.ts";
import { type OtlpSender, whyRefused } from "./otlp_sender.ts";
import type { FinishedSpan } from "./span.ts";

/** Longest time that a span waits for others. */
const FLUSH_MS = 2_000;
/** Spans of one request, and at most waiting; further ones are dropped. */
const BATCH = 500;
const MOST_WAITING = 4_000;
/** At most one log line for failures in this time. */
const QUIET_MS = 60_000;

export interface ExporterOptions {
  sender: OtlpSender;
  resource: Resource;
  log: Log;
}

/** Sends finished spans in batches to a receiver of OTLP over HTTP; never delays its callers. */
export class SpanExporter {
  private waiting: FinishedSpan[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> = Promise.resolve();
  private dropped = 0;
  private toldAt = -Infinity;

  constructor(private readonly options: ExporterOptions) {}

  add(span: FinishedSpan): void {
    if (this.waiting.length >= MOST_WAITING) return this.failed(1, "too many spans");
    this.waiting.push(span);
    if (this.waiting.length >= BATCH) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  /** Sends what is waiting; resolves when it was accepted or given up. */
  async close(): Promise<void> {
    this.flush();
    await this.sending;
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.sending = this.sending.then(async () => {
      const spans = this.waiting.splice(0, BATCH);
      if (spans.length > 0) await this.send(spans);
      if (this.waiting.length > 0) this.flush();
    });
  }

  private async send(spans: FinishedSpan[]): Promise<void> {
    const { sender, resource } = this.options;
    const why = whyRefused(await sender.send("/v1/traces", otlpRequest(resource, spans)));
    if (why !== null) this.failed(spans.length, why);
  }

  private failed(spans: number, why: string): void {
    this.dropped += spans;
    const now = performance.now();
    if (now - this.toldAt < QUIET_MS) return;
    this.options.log("warn", "The receiver of traces took none", { why, spans: this.dropped });
    this.toldAt = now;
    this.dropped = 0;
  }
}
