import { deepStrictEqual as equal } from "node:assert/strict";
import { CommitQueue } from "./commit_queue.ts";
import type { Priority, Unit } from "./unit_of_work.ts";

const NEVER_MS = 600_000;

function unit(priority: Priority, weight = 1_000): Unit {
  return {
    reads: [],
    run: () => null,
    weight,
    priority,
    resolve: () => {},
    reject: () => {},
    since: performance.now(),
    fresh: false,
    answered: false,
  };
}

/** The priority of each unit of the next group. */
const next = async (queue: CommitQueue) => (await queue.take()).map(({ priority }) => priority);

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

Deno.test("CommitQueue.take() takes units in the order in which they become due", async () => {
  const queue = new CommitQueue(5);
  const first = [unit("background"), unit("normal"), unit("background")];
  first.forEach((each) => queue.add(each));
  await pause(10);
  const last = unit("normal");
  queue.add(last);
  const [b1, n1, b2] = first;
  equal(await queue.take(), [n1, b1, b2, last]);
  equal(queue.length, 0);
});

Deno.test("CommitQueue takes background units early when they fill a batch", async () => {
  const queue = new CommitQueue(NEVER_MS);
  queue.add(unit("background"));
  const taking = queue.take();
  for (let i = 1; i < 8; i++) queue.add(unit("background"));
  equal((await taking).length, 8);
});

Deno.test("CommitQueue.take() leaves what does not fit for the next group", async () => {
  const queue = new CommitQueue();
  for (let i = 0; i < 5; i++) queue.add(unit("normal", 200_000));
  equal((await next(queue)).length, 2);
  equal(queue.length, 3);
  equal((await next(queue)).length, 2);
  queue.add(unit("normal", 900_000));
  equal((await next(queue)).length, 1);
  equal((await next(queue)).length, 1, "What is too large for any group goes alone");
});

Deno.test("CommitQueue.take() delays no unit for background work, and loses none", async () => {
  const queue = new CommitQueue(NEVER_MS);
  queue.add(unit("background"));
  let taken: Priority[] = [];
  const taking = next(queue).then((group) => taken = group);
  await pause(5);
  equal(taken, []);
  queue.add(unit("background"));
  queue.add(unit("normal"));
  await taking;
  equal(taken, ["normal"]);
  equal(queue.length, 2);
});

Deno.test("CommitQueue.take() batches background work while other work keeps coming", async () => {
  const queue = new CommitQueue(10);
  for (let i = 0; i < 3; i++) queue.add(unit("background"));
  equal(await next(queue), ["background", "background", "background"]);
  queue.add(unit("background"));
  await pause(15);
  for (let i = 0; i < 5; i++) queue.add(unit("normal", 200_000));
  equal(await next(queue), ["background", "normal", "normal"]);
});

Deno.test("CommitQueue.take() drops units whose caller has an answer", async () => {
  const queue = new CommitQueue(0);
  const units = (["background", "normal", "background", "normal"] as const).map((p) => unit(p));
  units.forEach((each) => queue.add(each));
  for (const each of units) each.answered = each.priority === "normal";
  equal(await next(queue), ["background", "background"]);
  equal(queue.length, 0);
});
