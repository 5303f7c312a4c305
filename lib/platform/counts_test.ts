import { assertEquals } from "@/tests/support/assert.ts";
import { Counts, Distributions } from "./counts.ts";

Deno.test("Counts add up by labels, and count together what exceeds the bound", () => {
  const counts = new Counts(["tool", "channel"], 2);
  counts.add(["a", "web"]);
  counts.add(["a", "web"], 2);
  counts.add(["b", "web"]);
  counts.add(["c", "web"]);
  counts.add(["d", "whatsapp"]);
  assertEquals(counts.values(), [
    { labels: { tool: "a", channel: "web" }, value: 3 },
    { labels: { tool: "b", channel: "web" }, value: 1 },
    { labels: { tool: "other", channel: "other" }, value: 2 },
  ]);
});

Deno.test("Distributions are cumulative up to each bound, and count what exceeds all", () => {
  const times = new Distributions(["op"], [0.1, 1]);
  for (const each of [0.1, 0.5, 7]) times.add(["get"], each);
  assertEquals(times.values(), [{
    labels: { op: "get" },
    buckets: [{ bound: 0.1, count: 1 }, { bound: 1, count: 2 }],
    count: 3,
    sum: 7.6,
  }]);
});
