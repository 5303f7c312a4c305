import type { VisitorRecords } from "../../people/visitors.ts";
import type { Key } from "../../store/key.ts";
import type { Kv } from "../../store/kv.ts";
import type { Transactions } from "../../store/transactions.ts";
import { experimentKeys } from "../records.ts";
import type { StoredExperiments } from "../stored_experiments.ts";

/** Records deleted in one commit. */
const BATCH = 400;

interface Needs {
  experiments: StoredExperiments;
  kv: Kv;
  transactions: Transactions;
}

/** A visitor's variants, as a part of visitors' records; counts of days name nobody and stay. */
export function visitorArms(store: Needs): VisitorRecords {
  return {
    deleteVisitor: async (visitor) => {
      await deleteArms(store, visitor);
      return { erased: 0, done: true };
    },
  };
}

/** Deletes a visitor's variants and what counted of them as a person. */
export async function deleteArms(
  { experiments, kv, transactions }: Needs,
  visitor: string,
): Promise<void> {
  const arms = await kv.list(
    { prefix: ["experiment_arm", visitor] },
    (path) => experimentKeys.arm(visitor, String(path[2])),
  );
  const gone: Key<unknown>[] = [
    ...arms.map(({ path }) => experimentKeys.arm(visitor, String(path[2]))),
    ...arms.map(({ value }) => experimentKeys.person(value.experiment, value.person)),
    // An earlier experiment's variant may have been replaced by a later one's.
    ...experiments.known.map(({ id }) => experimentKeys.person(id, visitor)),
  ];
  for (let from = 0; from < gone.length; from += BATCH) {
    await transactions.run([], (tx) => {
      for (const key of gone.slice(from, from + BATCH)) tx.delete(key);
    });
  }
}
