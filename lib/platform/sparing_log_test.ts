import { assertEquals } from "@/tests/support/assert.ts";
import { sparingLog } from "./sparing_log.ts";

Deno.test("sparingLog() writes a message at once, then once a minute with its number, and delays no other", () => {
  const lines: unknown[] = [];
  let now = 0;
  const log = sparingLog((...line) => lines.push(line), () => now);
  for (; now < 120_000; now += 500) log("warn", "It failed", { error: "why" });
  log("warn", "Another");
  assertEquals(lines, [
    ["warn", "It failed", { error: "why" }],
    ["warn", "It failed", { error: "why", times: 120 }],
    ["warn", "Another", {}],
  ]);
});
