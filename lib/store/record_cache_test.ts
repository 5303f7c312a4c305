import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import { z } from "zod";
import { switchGeneration } from "./whole_store/generation_change.ts";
import { family } from "./key.ts";
import { Kv } from "./kv.ts";
import { RecordCache } from "./record_cache.ts";

const number = family<number, [string]>("number", z.number());
const NONE: ReadonlySet<string> = new Set();

/** A cache on a store whose reads are counted and can be delayed or fail. */
async function open() {
  const raw = await Deno.openKv(":memory:");
  const control: { gate: Promise<void>; reads: number } = { gate: Promise.resolve(), reads: 0 };
  const held = new Proxy(raw, {
    get: (target, name) => {
      if (name === "getMany") {
        return async (keys: readonly Deno.KvKey[]) => {
          const { gate } = control;
          control.reads += keys.filter(([family]) => family !== "generation").length;
          const found = await target.getMany([...keys]);
          await gate;
          return found;
        };
      }
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const kv = new Kv(held, () => {});
  const [a, b] = [number("a"), number("b")];
  return { raw, kv, control, cache: new RecordCache(kv), a, b };
}

Deno.test("RecordCache.load() reads only keys that are not cached", async () => {
  const { raw, control, cache, a, b } = await open();
  using _ = raw;
  await raw.set(a.path, 1);
  await cache.prefetch([a]);
  const { entries } = await cache.load([a, b, a], NONE);
  equal([control.reads, entries.get(a.id)?.value, entries.get(b.id)?.value], [2, 1, null]);
});

Deno.test("RecordCache.load() reads fresh keys in any case", async () => {
  const { raw, cache, a } = await open();
  using _ = raw;
  await raw.set(a.path, 1);
  await cache.load([a], NONE);
  await raw.set(a.path, 2);
  equal((await cache.load([a], NONE)).entries.get(a.id)?.value, 1);
  equal((await cache.load([a], new Set([a.id]))).entries.get(a.id)?.value, 2);
  equal(cache.get(a)?.value, 2);
});

Deno.test("RecordCache.prefetch() discards entries that were loaded or written meanwhile", async () => {
  const { raw, control, cache, a } = await open();
  using _ = raw;
  const gate = Promise.withResolvers<void>();
  control.gate = gate.promise;
  const prefetched = cache.prefetch([a]);
  await new Promise((done) => setTimeout(done, 5));
  control.gate = Promise.resolve();
  await cache.load([a], NONE);
  cache.update(a, { value: 2, versionstamp: "x" });
  gate.resolve();
  await prefetched;
  equal(cache.get(a)?.value, 2);
});

Deno.test("RecordCache.prefetch() discards entries of a generation that ended meanwhile", async () => {
  const { raw, kv, control, cache, a } = await open();
  using _ = raw;
  await raw.set(a.path, 1);
  const gate = Promise.withResolvers<void>();
  control.gate = gate.promise;
  const prefetched = cache.prefetch([a]);
  await new Promise((done) => setTimeout(done, 5));
  await switchGeneration(kv, 1);
  control.gate = Promise.resolve();
  gate.resolve();
  await prefetched;
  equal(cache.get(a)?.value ?? null, null);
});

Deno.test("RecordCache.load() retries a key whose read failed", async () => {
  const { raw, control, cache, a } = await open();
  using _ = raw;
  await raw.set(a.path, 1);
  control.gate = Promise.reject(new Error("away"));
  control.gate.catch(() => {});
  await rejects(cache.prefetch([a]), /store\.failing/);
  control.gate = Promise.resolve();
  equal((await cache.load([a], NONE)).entries.get(a.id)?.value, 1);
});

Deno.test("RecordCache.load() reads a contended key before each use, for a limited time", async () => {
  const { raw, control, cache, a, b } = await open();
  using _ = raw;
  const seen = await cache.load([a, b], NONE);
  await raw.set(a.path, 1);
  cache.noteConflict([a.id, b.id], seen);
  for (let n = 0; n < 3; n++) await cache.load([a, b], NONE);
  equal(control.reads, 2 + 2 + 1 + 1, "Both, both after the conflict, then what was changed");
});

Deno.test("RecordCache.update() keeps only entries that are cached", async () => {
  const { raw, cache, a, b } = await open();
  using _ = raw;
  await cache.load([a], NONE);
  cache.update(a, { value: 1, versionstamp: "x" });
  cache.update(b, { value: 1, versionstamp: "x" });
  equal([cache.get(a)?.value, cache.get(b)], [1, undefined]);
  cache.update(a, { value: null, versionstamp: "y" });
  equal(cache.get(a), undefined);
});
