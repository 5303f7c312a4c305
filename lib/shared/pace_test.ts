import { deepStrictEqual as equal } from "node:assert/strict";
import { gatherMs } from "./pace.ts";

Deno.test("gatherMs() is an eye's blink for few replies, and more for many", () => {
  equal([1, 50, 100].map((replies) => gatherMs(replies)), [40, 40, 40]);
  equal(gatherMs(200), 80);
  equal(gatherMs(100_000), 120);
});
