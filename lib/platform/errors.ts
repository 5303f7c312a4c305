import type { ErrorCode, ErrorKind } from "../locales/errors/codes.ts";

export interface ErrorDetails {
  /** Dotted path of the invalid input field. */
  field?: string;
  /** Whether the same request may succeed later; by default for limits and outages. */
  retryable?: boolean;
  /** Delay before a retry, in ms from now. */
  retryAfterMs?: number;
  cause?: unknown;
}

/**
 * An error for the caller: a code with parameters, which a catalogue turns into text where it is
 * shown. Anything else that is thrown is a program fault and is answered without its text. The
 * message, for logs, is the code with its parameters.
 */
export class AppError extends Error {
  override name = "AppError";
  readonly field: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(readonly kind: ErrorKind, readonly told: ErrorCode, details: ErrorDetails = {}) {
    super(messageOf(told), { cause: details.cause });
    this.field = details.field;
    this.retryable = details.retryable ??
      (kind === "limited" || kind === "unavailable" || kind === "upstream");
    this.retryAfterMs = details.retryAfterMs;
  }
}

function messageOf({ code, ...params }: ErrorCode): string {
  return Object.keys(params).length === 0 ? code : `${code} ${JSON.stringify(params)}`;
}

/** Whether a retry may succeed. */
export function isRetryable(error: unknown): boolean {
  return error instanceof AppError && error.kind === "unavailable";
}

/** The cause of an error for the log, without any content. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return error instanceof AppError && error.cause instanceof Error
    ? error.cause.message
    : error.name;
}
