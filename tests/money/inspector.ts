import { meteringKeys } from "@/lib/metering/records.ts";
import type { Transactions } from "@/lib/store/transactions.ts";

/** What may be spent and held in a day; null for any amount. */
export interface Ceilings {
  tools: Record<string, bigint | null>;
  organisation: bigint | null;
}

/** Looks at day records against the ceilings, and remembers the worst. */
export class Inspector {
  readonly broken: string[] = [];
  seen = 0;
  /** The most that was ever spent and held together, by scope and name. */
  readonly peaks = new Map<string, bigint>();

  constructor(private readonly ceilings: Ceilings) {}

  look(path: Deno.KvKey, value: unknown): void {
    const [family, , scope, name = ""] = path;
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
}

/** From now on every value that any store of this process is about to write is looked at. */
export function inspectWrites(inspector: Pick<Inspector, "look">): void {
  const prototype = Deno.AtomicOperation.prototype;
  const { set } = prototype;
  prototype.set = function (key, value, options) {
    inspector.look(key, value);
    return set.call(this, key, value, options);
  };
}

/** How long the two commits of each chat were waited for, in milliseconds. */
export interface Waits {
  begin: number[];
  settle: number[];
}

/** From now on notes how long each begin and each settlement waits for its commit. */
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

/** The value that a share of all lies below, of values in any order. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
