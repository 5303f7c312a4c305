import { AUDIT_WEIGHT } from "../audit/log.ts";
import { LETTERS } from "../shared/views/experiment_view.ts";
import type { Generation } from "../store/generations.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions, Tx, WritePart } from "../store/transactions.ts";
import {
  type ArmDayRow,
  type Experiment,
  experimentKeys,
  type StoredExperiment,
} from "./records.ts";

/** Bytes of what is written besides: the audit entry. */
const MORE = AUDIT_WEIGHT;

/** All experiments of one moment; `seen` changes with any of them. */
interface ExperimentsSnapshot {
  seen: string | null;
  all: readonly Experiment[];
}

/** The experiments, in memory; another process's changes follow with {@link refresh}. */
export class StoredExperiments {
  private all = new Map<string, Experiment>();
  private version: string | null = null;
  private generation: Generation | null = null;

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** Reads the experiments if any changed. */
  async refresh(): Promise<void> {
    const { value: version } = await this.kv.get(experimentKeys.experiments());
    const { generation } = this.kv;
    if (version === this.version && generation === this.generation) return;
    const [experiments, contents] = await Promise.all([
      this.kv.list(
        { prefix: ["experiment"] },
        (path) => experimentKeys.experiment(String(path[1])),
      ),
      this.kv.list(
        { prefix: ["experiment_variant"] },
        (path) => experimentKeys.variant(String(path[1]), String(path[2])),
      ),
    ]);
    this.all = new Map(experiments.map(({ value }) => [value.id, { ...value, contents: {} }]));
    for (const { path, value } of contents) {
      const found = this.all.get(String(path[1]));
      const letter = LETTERS.find((each) => each === path[2]);
      if (found && letter) found.contents = { ...found.contents, [letter]: value };
    }
    this.version = version;
    this.generation = generation;
  }

  /** All experiments as they were read last. */
  get known(): readonly Experiment[] {
    return [...this.all.values()];
  }

  /** The running experiment of a tool, as it was read last. */
  runningOf(tool: string, now: number): Experiment | null {
    for (const each of this.all.values()) {
      const { state, endsAt } = each;
      if (each.tool === tool && state === "running" && (endsAt === null || now < endsAt)) {
        return each;
      }
    }
    return null;
  }

  async get(id: string): Promise<Experiment | null> {
    await this.refresh();
    return this.all.get(id) ?? null;
  }

  async list(): Promise<Experiment[]> {
    await this.refresh();
    return [...this.all.values()];
  }

  /**
   * Writes experiments decided on what is stored, again after a concurrent change.
   * @param decide returns the experiments to write; may throw, and then nothing is written
   */
  async change(
    decide: (all: readonly Experiment[]) => readonly Experiment[],
    also?: (tx: Tx) => void,
  ): Promise<void> {
    for (let done = false; !done;) {
      const { seen, all } = await this.snapshot();
      const changed = decide(all);
      if (changed.length === 0) return;
      const part = this.part(seen, changed, also);
      done = await this.transactions.run(part.reads, part.write, part.weight);
    }
    await this.refresh();
  }

  /** Deletes an experiment decided on what is stored, with what its variants are. */
  async remove(
    decide: (all: readonly Experiment[]) => Experiment,
    also: (tx: Tx) => void,
  ): Promise<void> {
    for (let done = false; !done;) {
      const { seen, all } = await this.snapshot();
      const { id } = decide(all);
      const part = this.part(seen, [], (tx) => {
        tx.delete(experimentKeys.experiment(id));
        for (const letter of LETTERS) tx.delete(experimentKeys.variant(id, letter));
        also(tx);
      });
      done = await this.transactions.run(part.reads, part.write, part.weight);
    }
    await this.refresh();
  }

  /** The experiments read from the store. */
  async snapshot(): Promise<ExperimentsSnapshot> {
    await this.refresh();
    return { seen: this.version, all: this.known };
  }

  /**
   * Experiments to write in a commit, decided on a snapshot. `write` returns false, and has written
   * nothing, if any has changed since.
   */
  part(
    seen: string | null,
    changed: readonly Experiment[],
    also?: (tx: Tx) => void,
  ): WritePart {
    const key = experimentKeys.experiments();
    return {
      reads: [key],
      weight: changed.reduce((sum, each) => sum + weightOf(each), MORE),
      write: (tx) => {
        if (tx.get(key) !== seen) return false;
        for (const each of changed) put(tx, each);
        also?.(tx);
        tx.set(key, crypto.randomUUID());
        return true;
      },
    };
  }

  /** Counts of an experiment by day and variant, in the order of days. */
  async days(id: string): Promise<ArmDayRow[]> {
    const rows = await this.kv.list(
      { prefix: ["experiment_day", id] },
      (path) => experimentKeys.day(id, String(path[2]), String(path[3])),
    );
    return rows.map(({ path, value }) => ({
      ...value,
      day: String(path[2]),
      letter: String(path[3]),
    }));
  }
}

/** Upper bound of an experiment's bytes; V8 takes up to two for a letter. */
function weightOf(experiment: Experiment): number {
  return 2 * JSON.stringify(experiment).length + 1_000;
}

function put(tx: Tx, { contents, ...stored }: Experiment): void {
  const experiment: StoredExperiment = stored;
  tx.set(experimentKeys.experiment(experiment.id), experiment);
  for (const letter of LETTERS) {
    const content = contents[letter], key = experimentKeys.variant(experiment.id, letter);
    if (content) tx.set(key, content);
    else tx.delete(key);
  }
}
