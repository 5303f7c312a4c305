import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import { z } from "zod";
import { family } from "./key.ts";
import { Kv } from "./kv.ts";
import { Remembered } from "./remembered.ts";

const number = family<number, [string]>("number", z.number());

/** A store whose reads of records are counted, and can be held up or fail, and what a process remembers of it. */
async function open() {
  const raw = await Deno.openKv(":memory:");
  const control: { gate: Promise<void>; reads: number } = { gate: Promise.resolve(), reads: 0 };
  const held = new Proxy(raw, {
    get: (kv, name) =>
      name !== "getMany" ? Reflect.get(kv, name) : async (keys: readonly Deno.KvKey[]) => {
        const { gate } = control;
        control.reads += keys.filter(([family]) => family !== "generation").length;
        const found = await kv.getMany([...keys]);
        await gate;
        return found;
      },
  });
  return { raw, control, cache: new Remembered(new Kv(held, () => {})) };
}

Deno.test("Remembered.load() waits for what is being read, and reads it no second time", async () => {
  const { raw, control, cache } = await open();
  using _ = raw;
  const [a, b] = [number("a"), number("b")];
  await raw.set(a.path, 1);
  const gate = Promise.withResolvers<void>();
  control.gate = gate.promise;
  const primed = [cache.prime([a]), cache.prime([a])];
  const loaded = cache.load([a, b]);
  gate.resolve();
  await Promise.all([...primed, loaded]);
  equal([control.reads, cache.get(a)?.value, cache.get(b)?.value], [2, 1, null]);
});

Deno.test("Remembered.prime() keeps nothing that a write overtook", async () => {
  const { raw, control, cache } = await open();
  using _ = raw;
  const a = number("a");
  const gate = Promise.withResolvers<void>();
  control.gate = gate.promise;
  const primed = cache.prime([a]);
  cache.set(a, { value: 2, versionstamp: "x" });
  gate.resolve();
  await primed;
  equal(cache.get(a)?.value, 2);
});

Deno.test("Remembered.doubt() keeps nothing of what is being read", async () => {
  const { raw, control, cache } = await open();
  using _ = raw;
  const a = number("a");
  await raw.set(a.path, 1);
  const gate = Promise.withResolvers<void>();
  control.gate = gate.promise;
  const primed = cache.prime([a]);
  cache.doubt([a]);
  gate.resolve();
  await primed;
  equal(cache.get(a), undefined);
  await raw.set(a.path, 2);
  await cache.load([a]);
  equal(cache.get(a)?.value, 2);
});

Deno.test("Remembered.load() reads again what could not be read before", async () => {
  const { raw, control, cache } = await open();
  using _ = raw;
  const a = number("a");
  await raw.set(a.path, 1);
  control.gate = Promise.reject(new Error("away"));
  const primed = cache.prime([a]);
  const refused = rejects(primed, /store\.failing/);
  control.gate.catch(() => {});
  const first = cache.load([a]);
  control.gate = Promise.resolve();
  await Promise.all([refused, first]);
  equal([control.reads, cache.get(a)?.value], [2, 1]);
});
