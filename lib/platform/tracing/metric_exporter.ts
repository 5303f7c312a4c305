import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { sparingLog } from "../sparing_log.ts";
import { type OtlpHistogram, otlpMetrics } from "./otlp_metrics.ts";
import type { Resource } from "./otlp.ts";
import { type OtlpSender, whyRefused } from "./otlp_sender.ts";

/** OpenTelemetry's own interval. */
const EVERY_MS = 60_000;
/** Answers of receivers that take traces only, such as Jaeger. */
const UNKNOWN: readonly unknown[] = [404, 405, 501];

interface MetricOptions {
  sender: OtlpSender;
  resource: Resource;
  clock: Clock;
  log: Log;
  histograms(): OtlpHistogram[];
}

/** Sends histograms to a receiver of OTLP over HTTP, once a minute from their first value on. */
export class MetricExporter {
  private timer: ReturnType<typeof setInterval> | undefined;
  private sending: Promise<void> = Promise.resolve();
  private refused = false;
  private readonly startedMs: number;
  private readonly log: Log;

  constructor(private readonly options: MetricOptions) {
    this.startedMs = options.clock();
    this.log = sparingLog(options.log);
  }

  /** Call it for each new value. */
  changed(): void {
    if (!this.refused) this.timer ??= setInterval(() => this.next(), EVERY_MS);
  }

  /** Sends the last values; resolves when they were accepted or given up. */
  async close(): Promise<void> {
    if (this.timer !== undefined) this.next();
    this.rest();
    await this.sending;
  }

  private next(): void {
    this.sending = this.sending.then(() => this.send());
  }

  private async send(): Promise<void> {
    const { sender, resource, clock, histograms } = this.options;
    const times = { startedMs: this.startedMs, nowMs: Math.max(this.startedMs, clock()) };
    const body = otlpMetrics(resource, histograms(), times);
    const answer = await sender.send("/v1/metrics", body);
    const why = whyRefused(answer);
    if (why === null) return;
    this.log("warn", "The receiver took no metrics", { why });
    if (!UNKNOWN.includes(answer)) return;
    this.refused = true;
    this.rest();
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
