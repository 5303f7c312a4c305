import { STORE_FAULTS } from "../locales/admin/reports.ts";
import { AppError } from "../platform/errors.ts";

/**
 * Classifies the errors of Deno KV by what they say about a write. Two kinds are definite: nothing
 * was written.
 *
 * - `refused`: the write can never be stored as it is (a value over 64 KiB, a key over 2 KiB, too
 *   many mutations, a value that cannot be cloned);
 * - `failing`: the store takes no writes at the moment (a full or read-only disk).
 *
 * Everything else (a timeout, a lost connection, a locked file) is ambiguous: the write may have
 * happened, and is read back.
 */
const DEFINITE: readonly [kind: DefiniteKind, pattern: RegExp, meaning: string][] = [
  ["refused", /^Value too large/, STORE_FAULTS.value],
  ["refused", /^Key too large|^Total key size too large/, STORE_FAULTS.key],
  ["refused", /^Total mutation size too large/, STORE_FAULTS.values],
  ["refused", /^Too many (checks|mutations|keys|ranges)/, STORE_FAULTS.parts],
  [
    "refused",
    /could not be cloned|^expected string, number|^key cannot be empty/,
    STORE_FAULTS.data,
  ],
  ["failing", /database or disk is full/, STORE_FAULTS.diskFull],
  ["failing", /readonly database|read-only/, STORE_FAULTS.readOnly],
  ["failing", /disk I\/O error|unable to open database/, STORE_FAULTS.diskError],
  ["failing", /malformed|file is not a database/, STORE_FAULTS.damaged],
  ["failing", /^Bad resource ID/, STORE_FAULTS.closed],
];

type DefiniteKind = "refused" | "failing";

/** Nothing was written; carries the cause. */
export class DefiniteWriteError extends Error {
  override name = "DefiniteWriteError";

  constructor(readonly kind: DefiniteKind, meaning: string, cause: unknown) {
    super(meaning, { cause });
  }
}

/** A call without an answer, or with an unclear error: it may or may not have written. */
export class AmbiguousWriteError extends Error {
  override name = "AmbiguousWriteError";
}

export function writeErrorOf(error: unknown): DefiniteWriteError | AmbiguousWriteError {
  if (error instanceof DefiniteWriteError || error instanceof AmbiguousWriteError) return error;
  const text = errorMessage(error);
  const found = DEFINITE.find(([, pattern]) => pattern.test(text));
  if (found) return new DefiniteWriteError(found[0], found[2], error);
  return new AmbiguousWriteError(text, { cause: error });
}

/** The write can never be stored, however often it is retried. */
export class UnstorableError extends AppError {
  override name = "UnstorableError";

  constructor(cause: DefiniteWriteError) {
    super("too_large", { code: "store.too_large" }, { cause, retryable: false });
  }
}

/** The error that a caller gets for an error of the store. */
export function callerError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof DefiniteWriteError && error.kind === "refused") {
    return new UnstorableError(error);
  }
  return new AppError(
    "unavailable",
    { code: "store.failing" },
    { cause: error, retryAfterMs: 60_000 },
  );
}

/** Another process has the file locked: nothing was read or written. */
export function isLocked(message: string): boolean {
  return message.includes("database is locked");
}

/** A remote store's answer broke off; Deno repeats a call that has no answer at all, but not this. */
export function isBroken(message: string): boolean {
  return /^KV Connect failed to read response body/.test(message);
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
