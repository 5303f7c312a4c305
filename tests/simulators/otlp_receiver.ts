import { z } from "zod";

const text = z.strictObject({ stringValue: z.string() });
const value = z.union([
  text,
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ intValue: z.string().regex(/^-?\d+$/) }),
  z.strictObject({ doubleValue: z.number() }),
  z.strictObject({ arrayValue: z.strictObject({ values: z.array(text) }) }),
]);
const attributes = z.array(z.strictObject({ key: z.string().min(1), value }))
  .refine((pairs) => new Set(pairs.map(({ key }) => key)).size === pairs.length);
const id = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));
const time = z.string().regex(/^\d{19}$/);
const span = z.strictObject({
  traceId: id(16),
  spanId: id(8),
  parentSpanId: id(8).optional(),
  name: z.string().min(1),
  kind: z.int().min(1).max(5),
  startTimeUnixNano: time,
  endTimeUnixNano: time,
  attributes,
  status: z.strictObject({ code: z.int().min(0).max(2).optional() }),
}).refine((each) => BigInt(each.startTimeUnixNano) <= BigInt(each.endTimeUnixNano));
/** The fields of ExportTraceServiceRequest that are sent, by its JSON mapping. */
const request = z.strictObject({
  resourceSpans: z.array(z.strictObject({
    resource: z.strictObject({ attributes }),
    scopeSpans: z.array(z.strictObject({
      scope: z.strictObject({ name: z.string(), version: z.string() }),
      spans: z.array(span),
    })),
  })),
});

const count = z.string().regex(/^\d+$/);
const point = z.strictObject({
  attributes,
  startTimeUnixNano: time,
  timeUnixNano: time,
  count,
  sum: z.number(),
  explicitBounds: z.array(z.number()),
  bucketCounts: z.array(count),
}).refine(({ explicitBounds, bucketCounts, count }) =>
  bucketCounts.length === explicitBounds.length + 1 &&
  bucketCounts.reduce((sum, each) => sum + Number(each), 0) === Number(count) &&
  explicitBounds.every((bound, i) => i === 0 || bound > (explicitBounds[i - 1] ?? 0))
);
const metric = z.strictObject({
  name: z.string().min(1),
  unit: z.string(),
  description: z.string(),
  histogram: z.strictObject({
    aggregationTemporality: z.literal(2),
    dataPoints: z.array(point).min(1),
  }),
});
/** The fields of ExportMetricsServiceRequest that are sent. */
const metricsRequest = z.strictObject({
  resourceMetrics: z.array(z.strictObject({
    resource: z.strictObject({ attributes }),
    scopeMetrics: z.array(z.strictObject({
      scope: z.strictObject({ name: z.string(), version: z.string() }),
      metrics: z.array(metric),
    })),
  })),
});

export type OtlpSpan = z.output<typeof span>;
export type OtlpMetric = z.output<typeof metric>;

/**
 * A receiver of traces and metrics by OTLP over HTTP in JSON; refuses what its schema does not
 * have.
 */
export class OtlpReceiver implements AsyncDisposable {
  readonly spans: OtlpSpan[] = [];
  /** Metrics by name, as they came last. */
  readonly metrics = new Map<string, OtlpMetric>();
  /** Whether it takes traces only, as some receivers do. */
  tracesOnly = false;
  /** Number of requests by path, refused ones included. */
  readonly asked: Record<string, number> = {};
  /** Bodies as they came. */
  readonly bodies: string[] = [];
  readonly headers: Headers[] = [];
  /** What did not fit the schema. */
  readonly faults: string[] = [];
  status = 200;
  private readonly server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      (asked) => this.take(asked),
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.addr.port}`;
  }

  named(name: string): OtlpSpan[] {
    return this.spans.filter((each) => each.name === name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.shutdown();
  }

  private async take(asked: Request): Promise<Response> {
    const body = await asked.text();
    const { pathname } = new URL(asked.url);
    this.asked[pathname] = (this.asked[pathname] ?? 0) + 1;
    if (this.tracesOnly && pathname === "/v1/metrics") return new Response(null, { status: 404 });
    if (this.status !== 200) return new Response(null, { status: this.status });
    this.bodies.push(body);
    this.headers.push(asked.headers);
    const type = asked.headers.get("content-type");
    const known = pathname === "/v1/traces" || pathname === "/v1/metrics";
    if (!known || asked.method !== "POST" || type !== "application/json") {
      this.faults.push(`${asked.method} ${pathname} ${type}`);
      return new Response(null, { status: 404 });
    }
    const fault = pathname === "/v1/traces"
      ? this.takeSpans(JSON.parse(body))
      : this.takeMetrics(JSON.parse(body));
    if (fault === null) return Response.json({});
    this.faults.push(z.prettifyError(fault));
    return new Response(null, { status: 400 });
  }

  private takeSpans(body: unknown): z.ZodError | null {
    const { data, error } = request.safeParse(body);
    for (const { scopeSpans } of data?.resourceSpans ?? []) {
      this.spans.push(...scopeSpans.flatMap((each) => each.spans));
    }
    return error ?? null;
  }

  private takeMetrics(body: unknown): z.ZodError | null {
    const { data, error } = metricsRequest.safeParse(body);
    for (const { scopeMetrics } of data?.resourceMetrics ?? []) {
      for (const { metrics } of scopeMetrics) {
        for (const each of metrics) this.metrics.set(each.name, each);
      }
    }
    return error ?? null;
  }
}

/** The attributes of a span, or of a metric's point, as plain values. */
export function attributesOf(
  of: Pick<OtlpSpan, "attributes"> | undefined,
): Record<string, unknown> {
  return Object.fromEntries((of?.attributes ?? []).map(({ key, value }) => {
    if ("intValue" in value) return [key, Number(value.intValue)];
    if ("arrayValue" in value) {
      return [
        key,
        value.arrayValue.values.map((each) => each.stringValue),
      ];
    }
    return [key, Object.values(value)[0]];
  }));
}
