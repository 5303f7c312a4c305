import { z } from "zod";
import { httpUrl, text } from "./values.ts";

const HEADERS = "headers such as authorization=Bearer%20abc, separated by commas";

/** Where traces and metrics go, by the names that OpenTelemetry gives them. */
export const MONITORING_SETTINGS = {
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  /** Read by {@link traceHeaders}. */
  OTEL_EXPORTER_OTLP_HEADERS: z.string().refine((text) => headersIn(text) !== null, HEADERS)
    .default(""),
  OTEL_SERVICE_NAME: text.default("obt-helper"),
};

/** The headers in a list, whose values are percent-encoded; null when it is unreadable. */
function headersIn(text: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const pair of text.split(",").map((each) => each.trim())) {
    if (pair === "") continue;
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+)\s*=\s*(.*)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) return null;
    try {
      headers[name.toLowerCase()] = decodeURIComponent(value);
    } catch {
      return null;
    }
  }
  return headers;
}

/** The headers for the receiver of traces and metrics. */
export function traceHeaders(
  { OTEL_EXPORTER_OTLP_HEADERS: text }: { OTEL_EXPORTER_OTLP_HEADERS: string },
): Record<string, string> {
  return headersIn(text) ?? {};
}

/** Sentences on what would be recorded beside the program's own traces. */
export function monitoringWarnings(env: Record<string, string | undefined>): string[] {
  return env.OTEL_DENO === "true"
    ? [
      "OTEL_DENO also records whole addresses, with what people search for: unset it, as the program sends its own traces",
    ]
    : [];
}
