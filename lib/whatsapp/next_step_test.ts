import { assertEquals } from "@/tests/support/assert.ts";
import { AGAIN, REST, sooner, waitFor } from "./next_step.ts";

Deno.test("sooner() returns the earlier step, with REST as the last", () => {
  const inOrder = [AGAIN, waitFor(1), waitFor(60_000), REST];
  inOrder.forEach((one, i) => {
    inOrder.forEach((other, j) => assertEquals(sooner(one, other), inOrder[Math.min(i, j)]));
  });
});
