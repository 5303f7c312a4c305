import { causeOf } from "../../platform/errors.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import { Rounds } from "../../platform/rounds.ts";
import type { Key } from "../../store/key.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import { GOLDEN_LIMITS, type GoldenExample, goldenKeys } from "./records.ts";
import type { StoredGolden } from "./stored_golden.ts";

interface Needs {
  store: { golden: StoredGolden; tools: Tools; transactions: Transactions };
  clock: Clock;
  log: Log;
}

const ROUND_MS = 60 * 60_000;
/** Records deleted in one commit. */
const BATCH = 400;
const WEIGHT = 20_000;

/**
 * Deletions of examples and runs. The example or the run goes first, so that nothing more is
 * written of it, then its replies and judgements; rounds finish what was left half done.
 */
export class GoldenRemoval {
  readonly rounds: Rounds;

  constructor(private readonly deps: Needs) {
    this.rounds = new Rounds({
      everyMs: ROUND_MS,
      work: () => this.sweep(),
      failed: (error) =>
        deps.log("warn", "Cannot delete what is left of examples", { error: causeOf(error) }),
    });
  }

  /**
   * Deletes an example from all of its tool's runs, too.
   * @param also writes in the first commit, given the example as it is then; may throw
   */
  async dropExample(
    tool: string,
    { id, from }: Pick<GoldenExample, "id" | "from">,
    also: (tx: Tx, now: GoldenExample | null) => void = () => {},
    weight = 0,
  ): Promise<void> {
    const key = goldenKeys.example(tool, id);
    await this.deps.store.transactions.run([key], (tx) => {
      also(tx, tx.get(key));
      tx.delete(key);
      if (from) tx.delete(goldenKeys.taken(from.conversation, tool, id));
    }, 1_000 + weight);
    await this.dropParts(tool, [id]);
  }

  /** Deletes a run with its replies and judgements; `also` writes in the first commit. */
  async dropRun(
    tool: string,
    id: string,
    also: (tx: Tx) => void = () => {},
    weight = 0,
  ): Promise<void> {
    const { golden, transactions } = this.deps.store;
    const key = goldenKeys.run(tool, id);
    const form = await transactions.run([key], (tx) => {
      const run = tx.get(key);
      if (run !== null && run.state !== "dropped") {
        tx.set(key, { ...run, state: "dropped" });
        also(tx);
      }
      return run?.form ?? null;
    }, WEIGHT + weight);
    await this.delete(await golden.partKeys(id));
    await transactions.run([], (tx) => {
      for (const side of ["a", "b"]) tx.delete(goldenKeys.side(id, side));
      tx.delete(goldenKeys.cost(id));
      if (form !== null) tx.delete(goldenKeys.started(tool, form));
      tx.delete(key);
    });
  }

  /** Deletes runs beyond the newest ones. */
  async dropOld(tool: string): Promise<void> {
    const all = await this.deps.store.golden.runs(tool);
    for (const { id } of all.slice(GOLDEN_LIMITS.runs)) await this.dropRun(tool, id);
  }

  /** Finishes deletions, and deletes all of tools that cannot be restored any more. */
  async sweep(): Promise<void> {
    const { store } = this.deps;
    const [examples, runs] = await Promise.all([
      store.golden.examplesByTool(),
      store.golden.storedRuns(),
    ]);
    const kept = await this.keptTools();
    for (const { tool, id, state } of runs) {
      if (state === "dropped" || !kept.has(tool)) await this.dropRun(tool, id);
    }
    for (const [tool, all] of examples) {
      if (kept.has(tool)) continue;
      for (const example of all) await this.dropExample(tool, example);
    }
    const left = Map.groupBy(runs, ({ tool }) => tool);
    for (const [tool, of] of left) {
      const known = new Set((examples.get(tool) ?? []).map(({ id }) => id));
      const gone = new Set(of.flatMap((run) => run.examples).filter((id) => !known.has(id)));
      // An example may be younger than the list.
      const missing = await Promise.all(
        [...gone].map(async (id) => await store.golden.example(tool, id) === null ? [id] : []),
      );
      await this.dropParts(tool, missing.flat());
    }
  }

  /** Ids of the tools in use and in the bin, with those that move between them meanwhile. */
  private async keptTools(): Promise<Set<string>> {
    const { store: { tools }, clock } = this.deps;
    const before = await tools.bin(clock());
    const used = (await tools.snapshot()).tools;
    const after = await tools.bin(clock());
    return new Set([...used, ...[...before, ...after].map(({ tool }) => tool)].map(({ id }) => id));
  }

  /** Deletes all that runs have of removed examples. */
  private async dropParts(tool: string, examples: readonly string[]): Promise<void> {
    if (examples.length === 0) return;
    const { golden, transactions } = this.deps.store;
    for (const run of await golden.storedRuns(tool)) {
      const gone = examples.filter((id) => run.examples.includes(id));
      if (gone.length === 0) continue;
      for (const id of gone) await this.delete(await golden.partKeys(run.id, id));
      const key = goldenKeys.run(tool, run.id);
      await transactions.run([key], (tx) => {
        const now = tx.get(key);
        if (now === null) return;
        tx.set(key, { ...now, examples: now.examples.filter((id) => !gone.includes(id)) });
      }, WEIGHT);
    }
  }

  private async delete(keys: readonly Key<unknown>[]): Promise<void> {
    for (let from = 0; from < keys.length; from += BATCH) {
      await this.deps.store.transactions.run([], (tx) => {
        for (const key of keys.slice(from, from + BATCH)) tx.delete(key);
      }, WEIGHT);
    }
  }
}
