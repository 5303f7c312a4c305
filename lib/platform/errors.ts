/** What went wrong, in the program's own terms; lib/web/errors.ts alone turns it into HTTP. */
export type ErrorKind =
  | "invalid"
  | "denied"
  | "missing"
  | "conflict"
  | "too_large"
  | "too_slow"
  | "wrong_type"
  | "wrong_host"
  | "unauthenticated"
  | "limited"
  | "over_budget"
  | "over_share"
  | "unavailable"
  | "upstream";

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
 * An error whose message is meant for the person who caused it. Anything else
 * that is thrown is a fault of the program and is answered without its text.
 */
export class AppError extends Error {
  override name = "AppError";
  readonly field: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(readonly kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.field = details.field;
    this.retryable = details.retryable ??
      (kind === "limited" || kind === "unavailable" || kind === "upstream");
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** Whether what failed may succeed when it is tried again. */
export function mayBeLater(error: unknown): boolean {
  return error instanceof AppError && error.kind === "unavailable";
}

/** What is behind an error, for the log: nothing of what it was about. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return error instanceof AppError && error.cause instanceof Error
    ? error.cause.message
    : error.name;
}
