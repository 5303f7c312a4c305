import { setImmediate } from "node:timers";
import type { Haste, Work } from "./transaction_work.ts";

/*
 * Deno KV takes at most 100 checks and 800 KiB in one atomic operation; a group
 * stays well below each.
 */
const MAX_CHECKS = 90;
const MAX_BYTES = 500_000;
/** The longest that patient work waits for more of its kind, and how many works do not wait. */
const LINGER_MS = 20;
const ENOUGH = 24;
/** The longest that it waits behind others when there is more to commit than time for it. */
const LONGEST_MS = 200;

const ORDER: Record<Haste, number> = { urgent: 0, usual: 1, patient: 2 };

/**
 * Work that waits for its commit, the less patient first, else in the order in which it came.
 * Patient work is gathered and keeps nobody waiting who is not patient: until it is due, the
 * others' groups are made without it, and then it takes the room that they leave; what has waited
 * for very long goes before all but the urgent.
 */
export class WorkQueue {
  /** In the order of their haste. */
  private works: Work[] = [];
  /** Ends a wait for more. */
  private hurry: (() => void) | undefined;

  constructor(
    private readonly lingerMs = LINGER_MS,
    private readonly longestMs = LONGEST_MS,
  ) {}

  get length(): number {
    return this.works.length;
  }

  add(work: Work): void {
    const behind = this.works.findIndex(({ haste }) => ORDER[haste] > ORDER[work.haste]);
    this.works.splice(behind < 0 ? this.works.length : behind, 0, work);
    if (this.hurry && this.ready.length > 0) this.hurry();
  }

  /** The next group to commit: as many as fit into one operation. */
  async take(): Promise<Work[]> {
    if (this.ready.length === 0) await this.more();
    const checks = new Set<string>();
    const group = new Set<Work>();
    let bytes = 0;
    for (const work of this.ready) {
      for (const key of work.reads) checks.add(key.id);
      bytes += work.weight;
      if (group.size > 0 && (checks.size > MAX_CHECKS || bytes > MAX_BYTES)) break;
      group.add(work);
    }
    this.works = this.works.filter((work) => !group.has(work));
    return [...group];
  }

  /** What may be committed now, what is to go first before the rest. */
  private get ready(): Work[] {
    const of = (wanted: Haste) => this.works.filter(({ haste }) => haste === wanted);
    const patient = of("patient");
    const waited = this.waitedOf(patient);
    if (waited > this.longestMs) return [...of("urgent"), ...patient, ...of("usual")];
    if (waited >= this.lingerMs || patient.length >= ENOUGH) return this.works;
    return this.works.slice(0, this.works.length - patient.length);
  }

  /** Milliseconds that the first of them has waited. */
  private waitedOf([first]: Work[]): number {
    return first ? performance.now() - first.since : 0;
  }

  /** Resolves when something comes that does not wait, or when the first has waited for long. */
  private more(): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.hurry = undefined;
        // Whatever else this turn of the event loop asks for joins the group.
        setImmediate(resolve);
      };
      const timer = setTimeout(
        go,
        Math.max(0, Math.ceil(this.lingerMs - this.waitedOf(this.works))),
      );
      this.hurry = go;
    });
  }
}
