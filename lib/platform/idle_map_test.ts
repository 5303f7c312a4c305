import { assertEquals } from "@/tests/support/assert.ts";
import { IdleMap } from "./idle_map.ts";

Deno.test("IdleMap.age() drops what was not used since the last one", () => {
  const map = new IdleMap<string, number>(10);
  map.set("read", 1);
  map.set("set", 2);
  map.set("unused", 3);
  map.age();
  assertEquals([map.get("read"), map.has("unused"), map.size], [1, true, 3]);
  map.set("set", 4);
  map.age();
  assertEquals([map.get("read"), map.get("set"), map.get("unused")], [1, 4, undefined]);
  map.age();
  map.age();
  assertEquals(map.size, 0);
});

Deno.test("IdleMap.set() holds the size, the unused and the oldest first", () => {
  const map = new IdleMap<string, number>(3);
  for (const key of ["a", "b", "c"]) map.set(key, 1);
  map.age();
  map.get("a");
  map.set("d", 1);
  map.set("e", 1);
  assertEquals(["a", "b", "c", "d", "e"].filter((key) => map.has(key)), ["a", "d", "e"]);
  map.set("f", 1);
  map.set("d", 2);
  assertEquals(["a", "d", "e", "f"].filter((key) => map.has(key)), ["d", "e", "f"]);
  map.deleteWhere((key) => key === "d");
  assertEquals([map.size, map.has("d")], [2, false]);
  map.clear();
  assertEquals([map.size, map.get("d")], [0, undefined]);
});
