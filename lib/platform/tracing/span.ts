export type SpanKind = "internal" | "server" | "client";

/** What a span tells; null is left out. Never a text of a person, a prompt or a secret. */
export type Attributes = Readonly<Record<string, string | number | boolean | string[] | null>>;

/** The ids of a span, in hexadecimal. */
export interface SpanContext {
  trace: string;
  span: string;
  /** Whether it is recorded, as the first caller of its trace decided. */
  sampled: boolean;
}

/** A piece of work that has ended. */
export interface FinishedSpan {
  context: SpanContext;
  /** Id of the span that it is a part of. */
  parent: string | null;
  name: string;
  kind: SpanKind;
  startedMs: number;
  endedMs: number;
  attributes: Attributes;
  failed: boolean;
}
