import { ask } from "./asking.ts";
import type { World } from "./world.ts";

/** Records that every turn reads. */
const OF_TURNS = ["head", "message", "running", "day", "hours", "month"];

/**
 * Number of batches that a turn reads from the store, from its request to its end.
 * @param also further families that it may read; refreshes of copies in the background read others
 */
export async function batchesOfTurn(
  { world, visitor, message, also }: {
    world: World;
    visitor: string;
    message: string;
    also: readonly string[];
  },
): Promise<number> {
  const { kv, transactions } = world.deps.store;
  const families = new Set([...OF_TURNS, ...also]);
  const getEach = kv.getEach.bind(kv);
  let batches = 0;
  kv.getEach = (keys) => {
    if (keys.some(({ family }) => families.has(family))) batches++;
    return getEach(keys);
  };
  await ask(world, message, { visitor });
  await transactions.settled();
  kv.getEach = getEach;
  return batches;
}
