import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { scratch } from "@/tests/support/scratch.ts";
import { deleteGeneration, switchGeneration } from "./whole_store/generation_change.ts";
import { family, type Key } from "./key.ts";
import { Kv } from "./kv.ts";
import { PROCESS_FAMILIES, storeKeys } from "./records.ts";
import { Transactions } from "./transactions.ts";

const count = family<number, [name: string]>("count", z.number());
const other = family<number, [name: string, n: number]>("other", z.number());

const open = (raw: Deno.Kv) => new Kv(raw, () => {});

/** A process on a store's file. */
async function start(path: string, name: string) {
  const raw = await Deno.openKv(path);
  const kv = open(raw);
  await kv.refreshGeneration();
  return { kv, transactions: new Transactions(kv, name), [Symbol.dispose]: () => raw.close() };
}

function increment(transactions: Transactions, key: Key<number>): Promise<number> {
  return transactions.run([key], (tx) => {
    const next = (tx.get(key) ?? 0) + 1;
    tx.set(key, next);
    return next;
  });
}

const values = async (raw: Deno.Kv) =>
  (await Array.fromAsync(raw.list({ start: [""], end: [true] })))
    .map(({ key, value }) => [key, value]).filter(([key]) =>
      !PROCESS_FAMILIES.has((key as Deno.KvKey)[0] ?? "")
    );

Deno.test("Kv reads and lists no key of another generation", async () => {
  const part = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.integer({ min: 0, max: 3 }),
    fc.boolean(),
    fc.bigInt({ min: 0n, max: 3n }),
    fc.uint8Array({ maxLength: 3 }),
  );
  const path = fc.tuple(fc.constantFrom("a", "b", "count", ""), fc.array(part, { maxLength: 3 }));
  const write = fc.record({ generation: fc.integer({ min: 0, max: 3 }), path });
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 40 }), async (writes) => {
      using raw = await Deno.openKv(":memory:");
      const kv = open(raw);
      const record = (path: Deno.KvKey): Key<string> => ({
        family: "any",
        id: path.map(String).join("\0"),
        path,
        schema: z.string(),
        onDamage: "refuse",
        lifetime: undefined,
      });
      const kept = new Map<string, string>();
      for (const [n, { generation, path: [name, rest] }] of writes.entries()) {
        const key: Deno.KvKey = [name, ...rest];
        await kv.at(generation).commit(kv.at(generation).atomic().set(key, `${generation}.${n}`));
        kept.set(JSON.stringify([generation, ...key], tagged), `${generation}.${n}`);
      }
      for (let generation = 0; generation < 4; generation++) {
        const here = kv.at(generation);
        for (const { path: [name, rest] } of writes) {
          const key: Deno.KvKey = [name, ...rest];
          const expected = kept.get(JSON.stringify([generation, ...key], tagged)) ?? null;
          equal((await here.get(record(key))).value, expected);
        }
        const names = ["a", "b", "count", ""];
        const lists = await Promise.all(names.flatMap((name) => [
          here.list({ prefix: [name] }, record),
          here.list({ start: [name], end: [name, true, true] }, record),
          Array.fromAsync(here.pieces([name], record)).then((pieces) => pieces.flat()),
        ]));
        for (const { path, value } of lists.flat()) {
          equal(kept.get(JSON.stringify([generation, ...path], tagged)), value);
        }
        const own = [...kept.values()].filter((value) => value.startsWith(`${generation}.`));
        const exact = [...kept].filter(([key, value]) => own.includes(value) && key.split(",")[2]);
        equal(lists.filter((_, i) => i % 3 === 0).flat().length, exact.length);
      }
    }),
    { numRuns: 60 },
  );
});

/** Distinguishes key parts that JSON would not. */
function tagged(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  return value instanceof Uint8Array ? `u8 ${value.toHex()}` : value;
}

Deno.test("Kv.list() refuses a selector of several families, which could reach into another generation", async () => {
  using raw = await Deno.openKv(":memory:");
  const kv = open(raw);
  for (const selector of [{ prefix: [] }, { start: ["a"], end: ["b"] }, { start: [0], end: [9] }]) {
    await rejects(kv.list(selector, () => count("")), /one family/);
  }
});

Deno.test("Kv writes generation 0 without a prefix and without a switch key", async () => {
  using raw = await Deno.openKv(":memory:");
  await increment(new Transactions(open(raw), "a"), count("x"));
  equal((await raw.get(["count", "x"])).value, 1);
  equal((await raw.get(["generation"])).value, null);
});

Deno.test("switchGeneration(): another process's next commit and read use the new generation", async () => {
  await using files = await scratch();
  using first = await start(files.store, "a");
  using second = await start(files.store, "b");
  const key = count("x");
  for (let n = 1; n <= 3; n++) equal(await increment(second.transactions, key), n);
  await first.kv.commit(first.kv.at(1).atomic().set(key.path, 100));
  await switchGeneration(first.kv, 1);
  equal(await increment(second.transactions, key), 101, "A commit built on the old one runs again");
  await switchGeneration(first.kv, 2);
  equal((await second.kv.get(key)).value, null);
  equal(second.transactions.cached(key), undefined, "What was remembered is dropped");
  await switchGeneration(first.kv, 1);
  equal(
    (await second.kv.list({ prefix: ["count"] }, () => key)).map((
      { path, value },
    ) => [path, value]),
    [[key.path, 101]],
  );
  await switchGeneration(first.kv, 0);
  await rejects(
    second.transactions.run([key], (tx) => {
      if (tx.get(key) === 3) throw new Error("as it was in generation 0");
    }),
    /as it was/,
    "What refuses looks at the new generation first",
  );
  equal((await second.kv.get(key)).value, 3);
});

Deno.test("switchGeneration() during commits of two processes: none lands in an ended generation", async () => {
  await using files = await scratch();
  using first = await start(files.store, "a");
  using second = await start(files.store, "b");
  const key = count("hot");
  const sums = new Map<number, number>();
  let going = true;
  const work = async ({ kv, transactions }: typeof first, name: string) => {
    for (let n = 0; going; n++) {
      await Promise.all([
        increment(transactions, key),
        increment(transactions, key),
        transactions.run([], (tx) => tx.set(other(name, n), 1)),
      ]);
      if (n % 7 === 0) await kv.get(key);
    }
  };
  const working = [work(first, "a"), work(second, "b")];
  for (let generation = 1; generation <= 8; generation++) {
    await new Promise((done) => setTimeout(done, 40));
    const ended = first.kv.generation.number;
    await switchGeneration(generation % 2 === 0 ? first.kv : second.kv, generation);
    sums.set(ended, (await first.kv.at(ended).get(key)).value ?? 0);
  }
  going = false;
  await Promise.all(working);
  for (const [generation, sum] of sums) {
    equal((await first.kv.at(generation).get(key)).value ?? 0, sum, `generation ${generation}`);
  }
});

Deno.test("switchGeneration() twice at once: one call throws", async () => {
  await using files = await scratch();
  using first = await start(files.store, "a");
  using second = await start(files.store, "b");
  const done = await Promise.allSettled([
    switchGeneration(first.kv, 1),
    switchGeneration(second.kv, 2),
  ]);
  const { number } = await first.kv.refreshGeneration();
  if (done.every(({ status }) => status === "fulfilled")) equal(number > 0, true);
  else equal(done.findIndex(({ status }) => status === "fulfilled") + 1, number);
});

Deno.test("Kv keeps a process's own keys in every generation", async () => {
  using raw = await Deno.openKv(":memory:");
  const kv = open(raw);
  const transactions = new Transactions(kv, "a");
  const heartbeat = { place: "here", pid: 1, expiresAt: 5 };
  await transactions.run([], (tx) => {
    tx.set(storeKeys.process("a"), heartbeat);
    tx.set(count("x"), 1);
  });
  await switchGeneration(kv, 7);
  const listed = await kv.list({ prefix: ["process"] }, () => storeKeys.process("a"));
  equal(listed.map(({ path, value }) => [path, value]), [[["process", "a"], heartbeat]]);
  equal((await kv.get(count("x"))).value, null);
  equal(PROCESS_FAMILIES.has(storeKeys.commit("a").family), true);
});

Deno.test("deleteGeneration() deletes all of one generation in batches, nothing else, and never the current one", async () => {
  using raw = await Deno.openKv(":memory:");
  const kv = open(raw);
  const fill = (transactions: Transactions) =>
    transactions.run([], (tx) => {
      for (let n = 0; n < 600; n++) tx.set(other("many", n), n);
      for (let n = 0; n < 30; n++) tx.set(other("long".repeat(400), n), n);
      tx.set(count("x"), 1);
    });
  for (const generation of [0, 1, 2]) await fill(new Transactions(kv.at(generation), "a"));
  await switchGeneration(kv, 1);
  await rejects(deleteGeneration(kv, 1), /store\.in_use/);
  equal(await deleteGeneration(kv, 0), 631);
  equal((await values(raw)).length, 2 * 631);
  equal((await raw.get(["generation"])).value, 1, "The processes' own keys stay");
  equal(await deleteGeneration(kv, 0), 0);
  equal(await deleteGeneration(kv, 2), 631);
  equal((await kv.get(count("x"))).value, 1);
});

Deno.test("Kv refuses everything when the switch key is damaged", async () => {
  using raw = await Deno.openKv(":memory:");
  const kv = open(raw);
  await raw.set(["generation"], "one");
  await rejects(kv.get(count("x")), /store\.damaged {"family":"generation"}/);
  await rejects(increment(new Transactions(kv, "a"), count("x")), /store\.damaged/);
});
