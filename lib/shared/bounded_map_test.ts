import { deepStrictEqual as equal } from "node:assert/strict";
import { BoundedMap } from "./bounded_map.ts";

Deno.test("BoundedMap.set() keeps the most recently set entries", () => {
  const map = new BoundedMap<string, number>(2);
  map.set("a", 1).set("b", 2).set("a", 3).set("c", 4);
  equal([...map], [["a", 3], ["c", 4]]);
  map.delete("c");
  map.set("d", 5);
  equal([...map], [["a", 3], ["d", 5]]);
});
