import { deepStrictEqual as equal } from "node:assert/strict";
import { flushIntervalMs } from "./flush_interval.ts";

Deno.test("flushIntervalMs() is short for few replies and bounded for many", () => {
  equal([1, 50, 100].map((replies) => flushIntervalMs(replies)), [40, 40, 40]);
  equal(flushIntervalMs(200), 80);
  equal(flushIntervalMs(100_000), 120);
});
