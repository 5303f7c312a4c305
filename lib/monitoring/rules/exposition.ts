import { METRIC_HELP, type MetricName } from "../../locales/admin/metrics.ts";
import type { Distribution, LabelledValue } from "../../platform/counts.ts";

/** Metrics of one name, as Prometheus scrapes them. */
export type Metric =
  & { name: MetricName }
  & (
    | { type: "counter" | "gauge"; values: readonly LabelledValue[] }
    | { type: "histogram"; values: readonly Distribution[] }
  );

/** Prometheus's text format, version 0.0.4. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Writes metrics in Prometheus's text format; those without a value keep their description. */
export function exposition(metrics: readonly Metric[]): string {
  return metrics.map((metric) =>
    [
      `# HELP ${metric.name} ${METRIC_HELP[metric.name]}`,
      `# TYPE ${metric.name} ${metric.type}`,
      ...lines(metric),
    ].map((line) => `${line}\n`).join("")
  ).join("");
}

/** A single value without labels; none for null. */
export function single(value: number | null): LabelledValue[] {
  return value === null ? [] : [{ labels: {}, value }];
}

function lines(metric: Metric): string[] {
  const { name } = metric;
  if (metric.type !== "histogram") {
    return metric.values.map(({ labels, value }) => line(name, labels, value));
  }
  return metric.values.flatMap(({ labels, buckets, count, sum }) => [
    ...buckets.map((each) =>
      line(`${name}_bucket`, { ...labels, le: String(each.bound) }, each.count)
    ),
    line(`${name}_bucket`, { ...labels, le: "+Inf" }, count),
    line(`${name}_sum`, labels, sum),
    line(`${name}_count`, labels, count),
  ]);
}

function line(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const inside = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${inside.length === 0 ? "" : `{${inside.join(",")}}`} ${value}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
