import { deepStrictEqual as equal } from "node:assert/strict";
import { Deadline, type ExceededLimit } from "./deadline.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The limit exceeded when pieces come at these times (ms) and none after. */
async function exceeded(
  limits: [first: number, idle: number, total: number],
  pieces: number[],
  heard = true,
) {
  const [firstMs, idleMs, totalMs] = limits;
  const told: ExceededLimit[] = [];
  const deadline = new Deadline({ firstMs, idleMs, totalMs }, (limit) => told.push(limit));
  let at = 0;
  for (const piece of pieces) {
    await pause(piece - at);
    at = piece;
    deadline.touch(heard);
  }
  await pause(150);
  deadline.stop();
  return told;
}

Deno.test("Deadline reports each limit once, by its name", async () => {
  equal(await exceeded([30, 1_000, 1_000], []), ["first"]);
  equal(await exceeded([1_000, 30, 1_000], [10, 20]), ["idle"]);
  equal(await exceeded([1_000, 100, 120], [30, 60, 90]), ["total"]);
  equal(await exceeded([50, 50, 40], []), ["total"]);
});

Deno.test("Deadline.touch() extends the first limit on signs of life, up to the total limit", async () => {
  equal(await exceeded([80, 10, 5_000], [40, 80, 120], false), ["first"]);
  equal(await exceeded([400, 10, 5_000], [60, 120], false), []);
  equal(await exceeded([100, 10, 130], [40, 80, 120], false), ["total"]);
});

Deno.test("Deadline reports nothing when pieces are in time", async () => {
  equal(await exceeded([500, 400, 1_000], [10, 50, 90]), []);
});

Deno.test("Deadline.stop() reports nothing afterwards", async () => {
  const told: ExceededLimit[] = [];
  new Deadline({ firstMs: 10, idleMs: 10, totalMs: 10 }, (limit) => told.push(limit)).stop();
  await pause(30);
  equal(told, []);
});
