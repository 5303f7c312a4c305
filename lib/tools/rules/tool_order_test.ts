import { assertEquals } from "@/tests/support/assert.ts";
import { endOfGroup, nextAlike } from "./tool_order.ts";

const listed = (...tools: string[]) =>
  tools.map((tool) => ({ active: !tool.startsWith("-"), group: tool.replace("-", "") }));

Deno.test("nextAlike() passes over tools of other parts, and stops at the ends", () => {
  const tools = listed("A", "-A", "a", "-B", "B", "A");
  const places = [0, 1, 2, 3, 4, 5];
  assertEquals(places.map((from) => nextAlike(tools, from, 1)), [2, 3, 5, 3, 4, 5]);
  assertEquals(places.map((from) => nextAlike(tools, from, -1)), [0, 1, 0, 1, 4, 2]);
});

Deno.test("endOfGroup() is behind the group's last tool, once the moved one is taken out", () => {
  const tools = listed("A", "B", "a", "-A", "C");
  assertEquals(endOfGroup(tools, 4, "A"), 3);
  assertEquals(endOfGroup(tools, 1, "A"), 2);
  assertEquals(endOfGroup(tools, 0, "B"), 1);
  assertEquals(endOfGroup(tools, 0, "none"), 0);
});
