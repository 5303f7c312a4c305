import { deepStrictEqual as equal } from "node:assert/strict";
import type { Haste, Work } from "./transaction_work.ts";
import { WorkQueue } from "./work_queue.ts";

function work(haste: Haste, weight = 1_000): Work {
  return {
    reads: [],
    run: () => null,
    weight,
    haste,
    resolve: () => {},
    reject: () => {},
    since: performance.now(),
    verified: false,
    over: false,
  };
}

const NEVER_MS = 600_000;

/** The haste of each work of the next group. */
const next = async (queue: WorkQueue) => (await queue.take()).map(({ haste }) => haste);

const MIXED = ["patient", "usual", "urgent", "patient", "usual", "urgent"] as const;

Deno.test("WorkQueue takes the less patient first, else in the order in which it came", async () => {
  const queue = new WorkQueue(0, NEVER_MS);
  const works = MIXED.map((haste) => work(haste));
  for (const each of works) queue.add(each);
  equal(await queue.take(), [2, 5, 1, 4, 0, 3].map((i) => works[i]));
  equal(queue.length, 0);
});

Deno.test("WorkQueue lets nobody but the urgent go before what has waited for very long", async () => {
  const queue = new WorkQueue(0, -1);
  for (const haste of MIXED) queue.add(work(haste));
  equal(await next(queue), ["urgent", "urgent", "patient", "patient", "usual", "usual"]);
});

Deno.test("WorkQueue leaves what does not fit for the next group", async () => {
  const queue = new WorkQueue();
  for (let i = 0; i < 5; i++) queue.add(work("usual", 200_000));
  equal((await next(queue)).length, 2);
  equal(queue.length, 3);
  queue.add(work("urgent", 900_000));
  equal(await next(queue), ["urgent"]);
});

Deno.test("WorkQueue keeps nobody waiting for patient work, and loses none of it", async () => {
  for (const haste of ["usual", "urgent"] as const) {
    const queue = new WorkQueue(NEVER_MS);
    queue.add(work("patient"));
    let taken: Haste[] = [];
    const taking = next(queue).then((group) => taken = group);
    await new Promise((done) => setTimeout(done, 5));
    equal(taken, []);
    queue.add(work("patient"));
    queue.add(work(haste));
    await taking;
    equal(taken, [haste]);
    equal(queue.length, 2);
  }
});

Deno.test("WorkQueue takes patient work after a while, and much of it at once", async () => {
  const queue = new WorkQueue(3);
  queue.add(work("patient"));
  equal(await next(queue), ["patient"]);
  const many = new WorkQueue(NEVER_MS);
  many.add(work("patient"));
  const taking = next(many);
  for (let i = 1; i < 24; i++) many.add(work("patient"));
  equal((await taking).length, 24);
});

Deno.test("WorkQueue takes patient work that is due along with other work", async () => {
  const queue = new WorkQueue(NEVER_MS);
  for (let i = 0; i < 24; i++) queue.add(work("patient"));
  queue.add(work("usual"));
  equal((await next(queue)).length, 25);
});

Deno.test("WorkQueue takes nothing whose caller has been answered, and keeps none of it", async () => {
  const queue = new WorkQueue(0, NEVER_MS);
  const works = MIXED.map((haste) => work(haste));
  for (const each of works) queue.add(each);
  for (const each of works) each.over = each.haste === "usual";
  equal(await next(queue), ["urgent", "urgent", "patient", "patient"]);
  equal(queue.length, 0);
});
