import type { Config } from "../config.ts";
import { traceHeaders } from "../config/monitoring.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { HttpClient } from "../platform/http_client.ts";
import type { Log } from "../platform/log.ts";
import { MetricExporter } from "../platform/tracing/metric_exporter.ts";
import { OtlpSender } from "../platform/tracing/otlp_sender.ts";
import { SpanExporter } from "../platform/tracing/span_exporter.ts";
import { Tracer } from "../platform/tracing/tracer.ts";
import type { Provider } from "../llm/provider.ts";
import { traceCalls } from "./call_spans.ts";
import { ModelCallFigures } from "./model_call_figures.ts";
import { TracedProvider } from "./traced_provider.ts";

interface Needs {
  config: Config;
  provider: Provider;
  http: HttpClient;
  clock: Clock;
  log: Log;
}

/** The tracer of the settings, and the provider whose calls it records; null without a receiver. */
export function startTracing(
  { config, provider, http, clock, log }: Needs,
  bus: EventBus,
  version: string,
): { tracer: Tracer | null; provider: Provider } {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return { tracer: null, provider };
  const sender = new OtlpSender({ endpoint, headers: traceHeaders(config), http });
  const resource = { service: config.OTEL_SERVICE_NAME, version };
  const spans = new SpanExporter({ sender, resource, log });
  const figures = new ModelCallFigures(() => metrics.changed());
  const metrics = new MetricExporter({
    sender,
    resource,
    clock,
    log,
    histograms: () => figures.histograms(),
  });
  const tracer = new Tracer(clock, {
    add: (span) => spans.add(span),
    close: () => sender.ending(() => Promise.all([spans.close(), metrics.close()])),
  });
  traceCalls(bus, tracer);
  return { tracer, provider: new TracedProvider(provider, tracer, figures) };
}
