import { AppError } from "../domain/errors.ts";
import type { Key } from "./key.ts";

/** What a unit of work may do: read the keys it named, and write any. */
export interface Tx {
  get<T>(key: Key<T>): T | null;
  set<T>(key: Key<T>, value: T): void;
  delete(key: Key<unknown>): void;
}

/**
 * Who waits for it: somebody who would give up, so that it goes before the rest; somebody; or
 * nobody who notices some hundredths of a second, so that it is gathered and keeps no other waiting.
 */
export type Haste = "urgent" | "usual" | "patient";

/** Work that waits to be committed. */
export interface Work {
  reads: readonly Key<unknown>[];
  run: (tx: Tx) => unknown;
  /** Bytes that it writes, roughly, at most. */
  weight: number;
  haste: Haste;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  since: number;
  /** It refused on data that was remembered, not read: run once more on fresh data. */
  verified: boolean;
}

/** What a run of it came to. */
export type Outcome = { work: Work; value: unknown } | { work: Work; error: unknown };

/** What it wrote. */
export interface Write {
  key: Key<unknown>;
  /** undefined deletes. */
  value: unknown;
}

export function readsOf(works: Iterable<Work>): Key<unknown>[] {
  return [...works].flatMap((work) => work.reads);
}

/** Tells who asked for it. */
export function settle(outcome: Outcome, pending: Set<Work>): void {
  pending.delete(outcome.work);
  if ("error" in outcome) outcome.work.reject(outcome.error);
  else outcome.work.resolve(outcome.value);
}

/** As people are told of it. */
export function unavailable(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError("unavailable", "The store cannot be reached at the moment", { cause });
}
