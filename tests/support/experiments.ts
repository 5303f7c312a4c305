import { EMPTY_ARM_DAY } from "@/lib/experiments/counts/arm_days.ts";
import { type ArmDay, type Experiment, experimentKeys } from "@/lib/experiments/records.ts";
import type { Letter } from "@/lib/shared/views/experiment_view.ts";
import type { Store } from "@/lib/stores.ts";

const BASE: Omit<Experiment, "id" | "variants"> = {
  tool: "general-assistant",
  name: "Shorter answers",
  state: "running",
  measure: { code: "rated" },
  include: 100,
  days: null,
  guard: false,
  seed: "seed",
  imported: false,
  by: "ada@example.org",
  createdAt: 0,
  startedAt: 0,
  baseVersion: 1,
  planned: 200,
  endsAt: null,
  endedAt: null,
  pausedAt: null,
  pause: null,
  shareChanges: [],
  promoted: null,
  revision: 1,
  contents: {},
};

/** Stores an experiment of the general assistant with equal shares, running unless told otherwise. */
export async function storeExperiment(
  store: Pick<Store, "experiments">,
  over: Partial<Experiment> = {},
): Promise<Experiment> {
  const experiment: Experiment = {
    ...BASE,
    id: "experiment",
    variants: [{ letter: "A", note: "", share: 50 }, { letter: "B", note: "", share: 50 }],
    ...over,
  };
  await store.experiments.change(() => [experiment]);
  return experiment;
}

/** Changes a stored experiment. */
export async function changeExperiment(
  store: Pick<Store, "experiments">,
  id: string,
  change: Partial<Experiment>,
): Promise<void> {
  await store.experiments.change((all) =>
    all.filter((each) => each.id === id).map((each) => ({ ...each, ...change }))
  );
}

/** Counts of some days of an experiment, the same on each. */
export async function countDays(
  { transactions }: Pick<Store, "transactions">,
  id: string,
  days: readonly string[],
  counts: Partial<Record<Letter, Partial<ArmDay>>>,
): Promise<void> {
  for (const day of days) {
    for (const [letter, some] of Object.entries(counts)) {
      const key = experimentKeys.day(id, day, letter);
      await transactions.run([key], (tx) => {
        tx.set(key, { ...EMPTY_ARM_DAY, ...some });
        return true;
      });
    }
  }
}
