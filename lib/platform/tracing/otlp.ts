import type { Attributes, FinishedSpan, SpanKind } from "./span.ts";

const KINDS: Record<SpanKind, number> = { internal: 1, server: 2, client: 3 };
const STATUS_ERROR = 2;

/** The program, as a receiver names it. */
export interface Resource {
  service: string;
  version: string;
}

type OtlpValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number }
  | { arrayValue: { values: OtlpValue[] } };

/** The body of an OTLP/HTTP request with traces, in JSON. */
export function otlpRequest(resource: Resource, spans: readonly FinishedSpan[]) {
  return {
    resourceSpans: [{
      resource: otlpResource(resource),
      scopeSpans: [{ scope: otlpScope(resource), spans: spans.map(otlpSpan) }],
    }],
  };
}

export function otlpResource({ service, version }: Resource) {
  return { attributes: pairs({ "service.name": service, "service.version": version }) };
}

export function otlpScope({ version }: Resource) {
  return { name: "obt-helper", version };
}

function otlpSpan(span: FinishedSpan) {
  const { context, parent, name, kind, startedMs, endedMs, attributes, failed } = span;
  return {
    traceId: context.trace,
    spanId: context.span,
    ...(parent === null ? {} : { parentSpanId: parent }),
    name,
    kind: KINDS[kind],
    startTimeUnixNano: nanoseconds(startedMs),
    endTimeUnixNano: nanoseconds(endedMs),
    attributes: pairs(attributes),
    status: failed ? { code: STATUS_ERROR } : {},
  };
}

export function pairs(attributes: Attributes): { key: string; value: OtlpValue }[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [{ key, value: valueOf(value) }]
  );
}

function valueOf(value: NonNullable<Attributes[string]>): OtlpValue {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") {
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  return { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } };
}

/** Milliseconds since 1970 in the form that 64-bit numbers have in JSON. */
export function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n);
}
