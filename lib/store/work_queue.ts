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

/**
 * Work that waits for its commit, the less patient first, else in the order in which it came.
 * Patient work is gathered and keeps nobody waiting who is not patient: until it is due, the
 * others' groups are made without it, and then it takes the room that they leave; what has waited
 * for very long goes before all but the urgent.
 */
export class WorkQueue {
  private waiting: Record<Haste, Work[]> = { urgent: [], usual: [], patient: [] };
  /** Ends a wait for more. */
  private hurry: (() => void) | undefined;

  constructor(
    private readonly lingerMs = LINGER_MS,
    private readonly longestMs = LONGEST_MS,
  ) {}

  get length(): number {
    const { urgent, usual, patient } = this.waiting;
    return urgent.length + usual.length + patient.length;
  }

  add(work: Work): void {
    this.waiting[work.haste].push(work);
    if (this.hurry && this.ready.length > 0) this.hurry();
  }

  /** The next group to commit: as many as fit into one operation. */
  async take(): Promise<Work[]> {
    let { ready } = this;
    if (ready.length === 0) {
      await this.more();
      ready = this.ready;
    }
    const checks = new Set<string>();
    const group = new Set<Work>();
    let bytes = 0;
    for (const work of ready) {
      if (work.over) continue;
      for (const key of work.reads) checks.add(key.id);
      bytes += work.weight;
      if (group.size > 0 && (checks.size > MAX_CHECKS || bytes > MAX_BYTES)) break;
      group.add(work);
    }
    const left = (works: Work[]) => works.filter((work) => !group.has(work) && !work.over);
    const { urgent, usual, patient } = this.waiting;
    this.waiting = { urgent: left(urgent), usual: left(usual), patient: left(patient) };
    return [...group];
  }

  /** What may be committed now, what is to go first before the rest. */
  private get ready(): Work[] {
    const { urgent, usual, patient } = this.waiting;
    const { waited } = this;
    if (waited > this.longestMs) return [...urgent, ...patient, ...usual];
    if (waited >= this.lingerMs || patient.length >= ENOUGH) {
      return [...urgent, ...usual, ...patient];
    }
    return [...urgent, ...usual];
  }

  /** Milliseconds that the first patient work has waited. */
  private get waited(): number {
    const [first] = this.waiting.patient;
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
      const timer = setTimeout(go, Math.max(0, Math.ceil(this.lingerMs - this.waited)));
      this.hurry = go;
    });
  }
}
