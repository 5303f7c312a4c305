import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { namedEvery, ticksTo } from "./scale.ts";

Deno.test("ticksTo() gives round values from 0 to at least the maximum", () => {
  assertEquals(ticksTo(0), [0]);
  assertEquals(ticksTo(7), [0, 2, 4, 6, 8]);
  assertEquals(ticksTo(100), [0, 25, 50, 75, 100]);
  fc.assert(fc.property(fc.double({ min: 1, max: 1e15, noNaN: true }), (most) => {
    const ticks = ticksTo(most);
    assert.ok(ticks.length >= 2 && ticks.length <= 6, `${ticks}`);
    assert.ok((ticks.at(-1) ?? 0) >= most * (1 - 1e-6));
  }));
});

Deno.test("namedEvery() labels at most four bars", () => {
  for (const bars of [1, 7, 14, 24, 30]) assert.ok(Math.ceil(bars / namedEvery(bars)) <= 4);
});
