import { setImmediate } from "node:timers";
import type { Work } from "./transaction_work.ts";

/*
 * Deno KV takes at most 100 checks and 800 KiB in one atomic operation; a group
 * stays well below each.
 */
const MAX_CHECKS = 90;
const MAX_BYTES = 500_000;
/** The longest that patient work waits for more, and how many works do not wait. */
const LINGER_MS = 20;
const ENOUGH = 12;

/** Work that waits for its commit, the urgent first, else in the order in which it came. */
export class WorkQueue {
  private works: Work[] = [];
  /** Ends a wait for more. */
  private hurry: (() => void) | undefined;

  constructor(private readonly lingerMs = LINGER_MS) {}

  get length(): number {
    return this.works.length;
  }

  add(work: Work): void {
    const behind = work.haste === "urgent"
      ? this.works.findIndex(({ haste }) => haste !== "urgent")
      : -1;
    this.works.splice(behind < 0 ? this.works.length : behind, 0, work);
    if (!this.waits) this.hurry?.();
  }

  /** The next group to commit: as many as fit into one operation. */
  async take(): Promise<Work[]> {
    if (this.waits) await this.more();
    const checks = new Set<string>();
    let bytes = 0, taken = 0;
    for (const work of this.works) {
      for (const key of work.reads) checks.add(key.id);
      bytes += work.weight;
      if (taken > 0 && (checks.size > MAX_CHECKS || bytes > MAX_BYTES)) break;
      taken++;
    }
    return this.works.splice(0, taken);
  }

  /** Whether there is little, and for none of it anybody waits who would notice. */
  private get waits(): boolean {
    return this.works.length < ENOUGH && this.works.every(({ haste }) => haste === "patient");
  }

  /** Resolves when something comes that does not wait, or when the first has waited for long. */
  private more(): Promise<void> {
    const since = Math.min(...this.works.map((work) => work.since));
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.hurry = undefined;
        // Whatever else this turn of the event loop asks for joins the group.
        setImmediate(resolve);
      };
      const timer = setTimeout(go, Math.max(0, since + this.lingerMs - performance.now()));
      this.hurry = go;
    });
  }
}
