import { assertEquals } from "@/tests/support/assert.ts";
import { nextAlike } from "./tool_order.ts";

Deno.test("nextAlike() passes over tools of the other part, and stops at the ends", () => {
  const tools = [true, false, true, false].map((active) => ({ active }));
  assertEquals([0, 1, 2, 3].map((from) => nextAlike(tools, from, 1)), [2, 3, 2, 3]);
  assertEquals([0, 1, 2, 3].map((from) => nextAlike(tools, from, -1)), [0, 1, 0, 1]);
});
