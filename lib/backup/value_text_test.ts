import fc from "fast-check";
import { deepStrictEqual as equal, throws } from "node:assert/strict";
import { fromJson, NotStorable, toJson } from "./value_text.ts";

const through = (value: unknown) => fromJson(JSON.parse(JSON.stringify(toJson(value))));

Deno.test("toJson() and fromJson() keep the values that JSON loses", () => {
  const large = new Uint8Array([9, 1, 2, 3, 9]);
  // deno-lint-ignore no-sparse-arrays
  const sparse = [1, , 3];
  for (
    const value of [
      -0,
      NaN,
      -Infinity,
      2n ** 80n,
      -(2n ** 80n),
      "\ud800",
      "a\udfffb",
      undefined,
      { a: undefined, $: 1, "\ud800": 2 },
      JSON.parse('{"__proto__": 1}'),
      new Date(0),
      new Map<unknown, unknown>([[{ a: 1n }, new Set([1, "1"])]]),
      large.subarray(1, 4),
      new Uint8Array(),
      sparse,
      [undefined],
      { nested: [{ $: "big", v: "1" }] },
    ]
  ) equal(through(value), value);
  equal(Object.is(through(-0), -0), true);
  equal(1 in (through(sparse) as unknown[]), false);
  equal((through(new Deno.KvU64(2n ** 64n - 1n)) as Deno.KvU64).value, 2n ** 64n - 1n);
  equal(Number.isNaN((through(new Date(NaN)) as Date).getTime()), true);
});

Deno.test("toJson() and fromJson() keep any value", () => {
  const any = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withNullPrototype: false,
  });
  fc.assert(fc.property(any, (value) => equal(through(value), value)), { numRuns: 2_000 });
});

Deno.test("toJson() refuses what no store holds, fromJson() what toJson() never makes", () => {
  const self: Record<string, unknown> = {};
  self.self = self;
  for (const value of [() => 1, Symbol("a"), /a/, new Error("a"), new Float32Array(2), self]) {
    throws(() => toJson(value), NotStorable);
  }
  for (
    const json of [
      { $: "none" },
      { $: 1 },
      { $: "big", v: "1.5" },
      { $: "big", v: 1 },
      { $: "u64", v: String(2n ** 64n) },
      { $: "u64", v: "-1" },
      { $: "u8", v: "%" },
      { $: "u8", v: [1] },
      { $: "map", v: [[1]] },
      { $: "map", v: 1 },
      { $: "arr", n: 1e9, v: [] },
      { $: "arr", n: 2, v: [[2, 1]] },
      { $: "arr", n: 2, v: [[-1, 1]] },
      { $: "str", v: [70_000] },
      { $: "num", v: "1" },
      { $: "date", v: "today" },
    ]
  ) throws(() => fromJson(json), NotStorable, JSON.stringify(json));
});
