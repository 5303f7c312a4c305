import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { gatherMs, Lateness } from "./pace.ts";

Deno.test("gatherMs() is an eye's blink for few replies, more for many, and more when the process is late", () => {
  equal([1, 50, 100].map((replies) => gatherMs(replies)), [40, 40, 40]);
  equal(gatherMs(200), 80);
  equal(gatherMs(100_000), 120);
  equal(gatherMs(1, 10), 80);
  equal(gatherMs(100_000, 100_000), 400);
});

Deno.test("Lateness follows what was noted last, and is over when timers are in time again", () => {
  const lateness = new Lateness();
  for (let i = 0; i < 200; i++) lateness.note(30);
  ok(lateness.mean > 29 && lateness.mean <= 30);
  for (let i = 0; i < 200; i++) lateness.note(-1);
  ok(lateness.mean >= 0 && lateness.mean < 1);
});
