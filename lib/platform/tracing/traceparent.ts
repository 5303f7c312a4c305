import type { SpanContext } from "./span.ts";

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const INVALID_VERSION = "ff", FIRST_VERSION = "00";
const ZEROS = /^0+$/;
const SAMPLED = 1;

/**
 * The span of the caller that a `traceparent` header names; null for an invalid one.
 * https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function callerSpan(header: string | null): SpanContext | null {
  const [, version, trace, span, flags, more] = FORM.exec(header?.trim() ?? "") ?? [];
  if (trace === undefined || span === undefined || flags === undefined) return null;
  if (version === INVALID_VERSION || ZEROS.test(trace) || ZEROS.test(span)) return null;
  // Later versions may have more fields.
  if (version === FIRST_VERSION && more !== undefined) return null;
  return { trace, span, sampled: (parseInt(flags, 16) & SAMPLED) !== 0 };
}
