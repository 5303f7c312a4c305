import { assert, assertEquals } from "@/tests/support/assert.ts";
import { blockFor } from "@/tests/support/block.ts";
import { startTimeLimit } from "./time_limit.ts";

Deno.test("startTimeLimit() ends once after its time, and never when it is cancelled", async () => {
  const began = performance.now();
  const ended: string[] = [];
  startTimeLimit(8, () => ended.push("cancelled"))();
  await new Promise<void>((done) =>
    startTimeLimit(80, () => {
      ended.push("over");
      done();
    })
  );
  assert.ok(performance.now() - began >= 75);
  await new Promise<void>((done) => startTimeLimit(80, done));
  assertEquals(ended, ["over"]);
});

Deno.test("startTimeLimit() does not count eight times in which the process stood still, but ends if it never runs on", async () => {
  let ended = false;
  startTimeLimit(80, () => ended = true);
  let stalls = 0;
  for (; !ended; stalls++) {
    blockFor(50);
    await new Promise((next) => setTimeout(next));
  }
  assert.ok(stalls > 12 && stalls < 20, `It ended after ${stalls}`);
});
