import type { ErrorCode, ErrorKind } from "../locales/errors/codes.ts";

export interface ErrorDetails {
  /** Dotted path of the input field at fault. */
  field?: string;
  /** Whether the same request may succeed later; by default only limits, unavailability and upstream faults. */
  retryable?: boolean;
  /** When to try again, in milliseconds from now. */
  retryAfterMs?: number;
  cause?: unknown;
}

/**
 * An error that its cause is told of: a code with parameters, of which a catalogue makes text
 * where it is shown. Anything else that is thrown is a fault of the program and is answered
 * without its text. The message, for logs, is the code with its parameters.
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

/** Whether what failed may succeed when it is tried again. */
export function isRetryable(error: unknown): boolean {
  return error instanceof AppError && error.kind === "unavailable";
}

/** What is behind an error, for the log: nothing of what it was about. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return error instanceof AppError && error.cause instanceof Error
    ? error.cause.message
    : error.name;
}
