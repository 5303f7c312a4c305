import type { z } from "zod";
import { AppError } from "../platform/errors.ts";

/** Deno KV takes keys of 2,048 bytes, including the separators between parts. */
const LONGEST_KEY = 1_900;
/** Keys of up to this many UTF-16 units fit without counting their bytes. */
const SURELY_SHORT = 600;

/** Reports a damaged record to the log, never with its content. */
export type Report = (message: string, details: Record<string, string>) => void;

/** A path in the store with the schema of its value. */
export interface Key<T> {
  readonly family: string;
  /** Unique per path; for maps. */
  readonly id: string;
  readonly path: Deno.KvKey;
  readonly schema: z.ZodType<T>;
  /** How a damaged record is read: as absent, or as an error. */
  readonly onDamage: "skip" | "refuse";
  /**
   * Milliseconds after the last write at which the store may delete it. This follows the system
   * clock: unsuitable for records that must survive a clock jump.
   */
  readonly lifetime: number | undefined;
}

const lifetimes = new Map<string, number>();

/** The lifetime of a family's records in ms; undefined for ever. */
export function lifetimeOf(name: string): number | undefined {
  return lifetimes.get(name);
}

/**
 * Makes the key function of a family; see the tables in the records.ts files.
 * @throws {AppError} `invalid` when a key is too long for the store.
 */
export function family<T, A extends Deno.KvKeyPart[]>(
  name: string,
  schema: z.ZodType<T>,
  options: {
    onDamage?: "skip" | "refuse";
    lifetime?: number;
  } = {},
): (...parts: A) => Key<T> {
  const { onDamage = "skip", lifetime } = options;
  if (lifetime !== undefined) lifetimes.set(name, lifetime);
  return (...parts) => {
    const path = [name, ...parts];
    const id = path.join("\0");
    if (id.length > SURELY_SHORT && new TextEncoder().encode(id).length > LONGEST_KEY) {
      throw new AppError("invalid", { code: "request.name_too_long" });
    }
    return { family: name, id, path, schema, onDamage, lifetime };
  };
}
