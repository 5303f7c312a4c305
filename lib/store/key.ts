import type { z } from "zod";
import { AppError } from "../platform/errors.ts";

/** Deno KV takes keys of 2,048 bytes; what stands between the parts of one is in this. */
const LONGEST_KEY = 1_900;
/** Up to this many UTF-16 units it need not be counted. */
const SURELY_SHORT = 600;

/** How a record is told to whoever watches the logs; never with its content. */
export type Report = (message: string, details: Record<string, string>) => void;

/** A place in the store together with how to read what stands there. */
export interface Key<T> {
  readonly family: string;
  /** The same for the same place; for maps. */
  readonly id: string;
  readonly path: Deno.KvKey;
  readonly schema: z.ZodType<T>;
  /** What to do with a record that does not fit: leave it out, or refuse to go on. */
  readonly onDamage: "skip" | "refuse";
  /**
   * Milliseconds after the last write at which the store may delete it. It goes by
   * the clock as it is: not for what must outlive a clock that jumps.
   */
  readonly lifetime: number | undefined;
  /** Whether it is read again soon after it was written, so that the process remembers what it wrote. */
  readonly readSoon?: boolean;
  /** Whether a record is a few words, so that many may be remembered. */
  readonly light?: boolean;
}

/**
 * Makes the keys of one family, as the tables in records.ts have them.
 * @throws {AppError} `invalid`, when a key is made that the store would not take.
 */
export function family<T, A extends Deno.KvKeyPart[]>(
  name: string,
  schema: z.ZodType<T>,
  options: {
    onDamage?: "skip" | "refuse";
    lifetime?: number;
    readSoon?: boolean;
    light?: boolean;
  } = {},
): (...parts: A) => Key<T> {
  const { onDamage = "skip", lifetime, readSoon = false, light = false } = options;
  return (...parts) => {
    const path = [name, ...parts];
    const id = path.join("\0");
    if (id.length > SURELY_SHORT && new TextEncoder().encode(id).length > LONGEST_KEY) {
      throw new AppError("invalid", { code: "request.name_too_long" });
    }
    return { family: name, id, path, schema, onDamage, lifetime, readSoon, light };
  };
}
