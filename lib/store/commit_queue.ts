import { setImmediate } from "node:timers";
import type { Unit } from "./unit_of_work.ts";

/* Deno KV takes at most 100 checks and 800 KiB in one atomic operation; a group stays below both. */
const MAX_CHECKS = 90;
const MAX_BYTES = 500_000;
/** How long background work waits to be batched, in ms. */
const BACKGROUND_MS = 20;
/** So many background units are due at once: they fill a commit well. */
const BACKGROUND_UNITS = 8;

/** Units of work that wait for their commit; due ones are taken in order of arrival. */
export class CommitQueue {
  /** Both in order of arrival. */
  private normal: Unit[] = [];
  private background: Unit[] = [];
  private wake: (() => void) | undefined;

  constructor(private readonly backgroundMs = BACKGROUND_MS) {}

  get length(): number {
    return this.normal.length + this.background.length;
  }

  add(unit: Unit): void {
    if (unit.priority === "background") this.background.push(unit);
    else this.normal.push(unit);
    if (this.normal.length > 0 || this.hasBatch) this.wake?.();
  }

  /** The next group, as many units as fit into one operation; waits until one is due. */
  async take(): Promise<Unit[]> {
    const [next] = this.background;
    if (this.normal.length === 0 && next && !this.hasBatch) {
      await this.wait(this.dueAt(next) - performance.now());
    }
    const group = new Set(fitting(this.due()));
    const waits = (unit: Unit) => !group.has(unit) && !unit.answered;
    this.normal = this.normal.filter(waits);
    this.background = this.background.filter(waits);
    return [...group];
  }

  private get hasBatch(): boolean {
    return this.background.length >= BACKGROUND_UNITS;
  }

  private dueAt({ since, priority }: Unit): number {
    return priority === "background" ? since + this.backgroundMs : since;
  }

  private due(): Unit[] {
    const now = performance.now();
    const background = this.hasBatch
      ? this.background
      : this.background.filter((unit) => this.dueAt(unit) <= now);
    return [...this.normal, ...background].filter(({ answered }) => !answered)
      .sort((a, b) => this.dueAt(a) - this.dueAt(b));
  }

  private wait(ms: number): Promise<void> {
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake?.(), Math.ceil(ms));
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        // Units requested in this turn of the event loop join the group.
        setImmediate(resolve);
      };
    });
  }
}

function* fitting(units: readonly Unit[]): Generator<Unit> {
  const checks = new Set<string>();
  let bytes = 0;
  for (const [n, unit] of units.entries()) {
    for (const { id } of unit.reads) checks.add(id);
    bytes += unit.weight;
    if (n > 0 && (checks.size > MAX_CHECKS || bytes > MAX_BYTES)) return;
    yield unit;
  }
}
