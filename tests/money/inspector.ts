import { meteringKeys } from "@/lib/metering/records.ts";
import type { Transactions } from "@/lib/store/transactions.ts";

/** Daily ceilings; null for no limit. */
export interface Ceilings {
  tools: Record<string, bigint | null>;
  organisation: bigint | null;
  /** Limit of every other budget with a record of its own. */
  others?: bigint;
}

/** Checks day records against the ceilings, and keeps the peaks. */
export class Inspector {
  readonly broken: string[] = [];
  seen = 0;
  /** The most that was spent and held together, by scope and name. */
  readonly peaks = new Map<string, bigint>();

  constructor(private readonly ceilings: Ceilings) {}

  look(path: Deno.KvKey, value: unknown): void {
    const [family, , scope, name = ""] = path;
    if (family === "budget") this.lookAtOther(path, value);
    if (family !== "day" || (scope !== "tool" && scope !== "organisation")) return;
    this.seen++;
    const record = meteringKeys.day("", scope, "").schema.safeParse(value);
    if (!record.success) {
      this.broken.push(`${path.join(" ")}: ${record.error.issues[0]?.message}`);
      return;
    }
    const { spent, held } = record.data;
    const sum = spent + held;
    const ceiling = scope === "tool"
      ? this.ceilings.tools[String(name)] ?? null
      : this.ceilings.organisation;
    if (ceiling !== null && sum > ceiling) {
      this.broken.push(`${path.join(" ")}: ${spent} spent and ${held} held of ${ceiling}`);
    }
    const place = `${scope} ${String(name)}`;
    if (sum > (this.peaks.get(place) ?? 0n)) this.peaks.set(place, sum);
  }

  private lookAtOther(path: Deno.KvKey, value: unknown): void {
    const { others } = this.ceilings;
    if (others === undefined) return;
    this.seen++;
    const record = meteringKeys.budget("", "api_key", "", "").schema.safeParse(value);
    if (!record.success || record.data.spent + record.data.held > others) {
      this.broken.push(
        `${path.join(" ")} is broken: ${record.error?.message ?? "above its limit"}`,
      );
    }
  }
}

/** Passes every value that any store of this process is about to write to the inspector. */
export function inspectWrites(inspector: Pick<Inspector, "look">): void {
  const prototype = Deno.AtomicOperation.prototype;
  const { set } = prototype;
  prototype.set = function (key, value, options) {
    inspector.look(key, value);
    return set.call(this, key, value, options);
  };
}

/** Durations of each chat's two commits, in ms. */
export interface Waits {
  begin: number[];
  settle: number[];
}

/** Records the duration of each begin's and each settlement's commit. */
export function timeMoney(transactions: Transactions): Waits {
  const waits: Waits = { begin: [], settle: [] };
  const run = transactions.run.bind(transactions);
  transactions.run = async (reads, work, ...rest) => {
    const families = reads.map((key) => key.family);
    const into = families.includes("running")
      ? waits.settle
      : families.includes("day")
      ? waits.begin
      : null;
    const began = performance.now();
    try {
      return await run(reads, work, ...rest);
    } finally {
      into?.push(performance.now() - began);
    }
  };
  return waits;
}

/** The percentile `share` (0 to 1) of unsorted values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
