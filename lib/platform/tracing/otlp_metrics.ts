import type { Distribution } from "../counts.ts";
import { nanoseconds, otlpResource, otlpScope, pairs, type Resource } from "./otlp.ts";

/** Values are added up since the start of the process. */
const CUMULATIVE = 2;

/** A histogram since the start of the process; labels are attributes, and empty ones are left out. */
export interface OtlpHistogram {
  name: string;
  unit: string;
  description: string;
  values: readonly Distribution[];
}

/** The body of an OTLP/HTTP request with metrics, in JSON. */
export function otlpMetrics(
  resource: Resource,
  histograms: readonly OtlpHistogram[],
  { startedMs, nowMs }: { startedMs: number; nowMs: number },
) {
  const point = ({ labels, buckets, count, sum }: Distribution) => ({
    attributes: pairs(Object.fromEntries(Object.entries(labels).filter(([, text]) => text !== ""))),
    startTimeUnixNano: nanoseconds(startedMs),
    timeUnixNano: nanoseconds(nowMs),
    count: String(count),
    sum,
    explicitBounds: buckets.map(({ bound }) => bound),
    // The last one is of values above all bounds.
    bucketCounts: [...buckets.map((each) => each.count), count].map((upTo, i, all) =>
      String(upTo - (all[i - 1] ?? 0))
    ),
  });
  const metrics = histograms.filter(({ values }) => values.length > 0)
    .map(({ name, unit, description, values }) => ({
      name,
      unit,
      description,
      histogram: { aggregationTemporality: CUMULATIVE, dataPoints: values.map(point) },
    }));
  return {
    resourceMetrics: [{
      resource: otlpResource(resource),
      scopeMetrics: [{ scope: otlpScope(resource), metrics }],
    }],
  };
}
