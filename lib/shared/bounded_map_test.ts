import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { BoundedMap, HtmlCache } from "./bounded_map.ts";

Deno.test("BoundedMap.set() keeps the most recently set entries", () => {
  const map = new BoundedMap<string, number>(2);
  map.set("a", 1).set("b", 2).set("a", 3).set("c", 4);
  assertEquals([...map], [["a", 3], ["c", 4]]);
  map.delete("c");
  map.set("d", 5);
  assertEquals([...map], [["a", 3], ["d", 5]]);
});

Deno.test("HtmlCache keeps HTML as it is, up to a length, and evicts the least recently used", () => {
  const cache = new HtmlCache(10);
  cache.set("a", "\ufeff<é>");
  cache.set("b", "हिन्");
  assertEquals([cache.get("b"), cache.get("a")], ["हिन्", "\ufeff<é>"]);
  cache.set("c", "12");
  assertEquals(cache.get("b"), "हिन्");
  cache.set("d", "3");
  assertEquals(["a", "b", "c", "d"].map((name) => cache.get(name)), [
    undefined,
    "हिन्",
    "12",
    "3",
  ]);
  // Replaced, it counts once.
  for (let i = 0; i < 5; i++) cache.set("d", "4567");
  assertEquals(["b", "c", "d"].map((name) => cache.get(name)), ["हिन्", "12", "4567"]);
  cache.set("e", "longer than all");
  assertEquals(["b", "e"].map((name) => cache.get(name)), [undefined, undefined]);
});

Deno.test("HtmlCache takes about a byte a character for HTML that was put together from 500 pieces", () => {
  setFlagsFromString("--expose-gc");
  const gc: () => void = runInNewContext("gc");
  const used = () => {
    gc();
    return Deno.memoryUsage().heapUsed;
  };
  const cache = new HtmlCache(10_000_000);
  const before = used();
  let length = 0;
  for (let row = 0; row < 1_000; row++) {
    let html = "";
    for (let piece = 0; piece < 500; piece++) html += `<b>${row}.${piece}`;
    cache.set(`row ${row}`, html);
    length += html.length;
  }
  const bytes = (used() - before) / length;
  assertEquals(cache.get("row 999")?.endsWith("<b>999.499"), true);
  assert.ok(bytes < 1.5, `${bytes.toFixed(2)} bytes a character`);
});
