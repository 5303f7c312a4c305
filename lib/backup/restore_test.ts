import fc from "fast-check";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { ask } from "@/tests/support/asking.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { checkLedger } from "../metering/ledger_check.ts";
import { rawRecords } from "../store/whole_store/generation_records.ts";
import type { Kv } from "../store/kv.ts";
import { SCHEMA } from "../migrations.ts";
import { openStore, type Store } from "../stores.ts";
import { makeBackup } from "./made_backup.ts";
import { restoreBackup } from "./restore.ts";
import { recordLine } from "./lines.ts";

type Bytes = Uint8Array<ArrayBuffer>;

async function bytesOf(stream: ReadableStream<Bytes>): Promise<Bytes> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function backupOf(world: World, path: string | undefined): Promise<Bytes> {
  const { store, clock } = world.deps;
  const needs = { store, path, app: "1.0.0", now: clock(), report: () => {} };
  return (await makeBackup(needs, bytesOf)).result;
}

function restore(kv: Kv, bytes: Bytes, replace = false) {
  return restoreBackup(kv, {
    open: () => ReadableStream.from([bytes]),
    replace,
    schema: SCHEMA,
    now: Date.now(),
    prepare: () => Promise.resolve(),
    replaced: () => Promise.resolve(),
  });
}

async function linesOf(kv: Kv): Promise<string[]> {
  const { number } = await kv.refreshGeneration();
  const lines: string[] = [];
  for await (const piece of rawRecords(kv, number)) lines.push(...piece.map(recordLine));
  return lines;
}

Deno.test("restoreBackup() into a new store makes the same conversations, books and records", async () => {
  await using folder = await scratch();
  await using from = await openWorld({ path: folder.store });
  for (let n = 0; n < 5; n++) await ask(from, `Question ${n}`, { visitor: `visitor-${n % 3}` });
  const bytes = await backupOf(from, folder.store);
  const before = await linesOf(from.deps.store.kv);
  await using to = await openWorld();
  const { store } = to.deps;
  const { records } = await restore(store.kv, bytes);
  const after = new Set(await linesOf(store.kv));
  // Background work of the one or the other may write meanwhile.
  assertEquals(before.filter((line) => !after.has(line) && !/^\[\["model_ends/.test(line)), []);
  assert.ok(Math.abs(records - before.length) <= 1);
  assertEquals((await checkLedger(store)).difference, null);
  assertEquals((await checkLedger(store)).entries, 5);
  const head = await store.conversations.head("visitor-0", "general-assistant");
  assertEquals(head?.turns, 2);
  // The conversation goes on.
  await ask(to, "One more", { visitor: "visitor-0" });
  assertEquals((await checkLedger(store)).difference, null);
});

Deno.test("makeBackup() while conversations go on is of one moment: books agree, nothing dangles", async () => {
  await using folder = await scratch();
  await using from = await openWorld({ path: folder.store });
  let writing = true;
  const writer = async (visitor: string) => {
    for (let n = 0; writing; n++) await ask(from, `Question ${n}`, { visitor });
  };
  await ask(from, "The first question", { visitor: "v1" });
  const writers = ["v1", "v2", "v3"].map(writer);
  try {
    for (let made = 0; made < 3; made++) {
      const bytes = await backupOf(from, folder.store);
      await using to = await openWorld();
      await restore(to.deps.store.kv, bytes);
      const { difference, entries } = await checkLedger(to.deps.store);
      assertEquals(difference, null);
      assert.ok(entries > 0);
      for (const visitor of ["v1", "v2", "v3"]) {
        const head = await to.deps.store.conversations.head(visitor, "general-assistant");
        for (let seq = 0; head && seq < head.next; seq++) {
          const message = await to.deps.store.conversations.message(head, seq);
          const isRunning = head.running !== null && seq === head.next - 1;
          assert.ok(message !== null || isRunning, `${visitor}'s message ${seq} of ${head.next}`);
        }
      }
    }
  } finally {
    writing = false;
    await Promise.all(writers);
  }
});

Deno.test("restoreBackup() of many records with long keys takes as many commits as they need", async () => {
  await using folder = await scratch();
  await using from = await openWorld({ path: folder.store });
  const { kv } = from.deps.store;
  for (let n = 0; n < 1_000; n += 100) {
    const operation = kv.atomic();
    for (let i = n; i < n + 100; i++) operation.set(["of", "visitor".repeat(30), i], i);
    await kv.commit(operation);
  }
  const bytes = await backupOf(from, folder.store);
  await using to = await openWorld();
  await restore(to.deps.store.kv, bytes);
  const lines = await linesOf(to.deps.store.kv);
  assertEquals(lines.filter((line) => line.includes("visitorvisitor")).length, 1_000);
});

Deno.test("restoreBackup() of any records gives a backup with the same lines", async () => {
  const part = fc.oneof(
    fc.string({ maxLength: 20, unit: "binary" }).filter((text) => text.isWellFormed()),
    fc.double({ noNaN: true }),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
    fc.boolean(),
    fc.uint8Array({ maxLength: 8 }),
  );
  const key = fc.tuple(fc.constantFrom("a", "b", "c"), part, part);
  const value = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, maxDepth: 3 }),
    fc.uint8Array({ maxLength: 9_000 }),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => new Deno.KvU64(n)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(key, value), { maxLength: 40 }), async (rows) => {
      const [from, to] = [await openMemory(), await openMemory()];
      for (const [path, value] of rows) {
        await from.kv.commit(from.kv.atomic().set(path, value));
      }
      const linesOfBackup = async (store: Store) => {
        const needs = { store, path: undefined, app: "1", now: 0, report: () => {} };
        const { result } = await makeBackup(needs, bytesOf);
        const text = ReadableStream.from([result]).pipeThrough(new DecompressionStream("gzip"));
        return { result, lines: (await new Response(text).text()).split("\n") };
      };
      const { result, lines } = await linesOfBackup(from);
      await restore(to.kv, result, true);
      assertEquals((await linesOfBackup(to)).lines, lines);
      assert.ok(lines.length > new Set(rows.map(([path]) => String(path))).size);
      await Promise.all([from.close(), to.close()]);
    }),
    { numRuns: 100 },
  );
});

const openMemory = () => openStore({ path: ":memory:", report: () => {} });

Deno.test("restoreBackup() refuses a store in use without `replace`, and with it replaces all", async () => {
  await using one = await openWorld();
  await ask(one, "Kept", { visitor: "v1" });
  const bytes = await backupOf(one, ":memory:");
  await using other = await openWorld();
  await ask(other, "Goes", { visitor: "v9" });
  const { kv, conversations } = other.deps.store;
  const before = await linesOf(kv);
  await assertRejects(() => restore(kv, bytes), "backup.not_empty");
  const after = new Set(await linesOf(kv));
  assertEquals(before.filter((line) => line.includes("v9") && !after.has(line)), []);
  await restore(kv, bytes, true);
  assertEquals(await conversations.head("v9", "general-assistant"), null);
  assertEquals((await conversations.head("v1", "general-assistant"))?.turns, 1);
  // What was there before is gone for good.
  for await (const piece of rawRecords(kv, 0)) assertEquals(piece, []);
});

Deno.test("restoreBackup() of a damaged, cut or newer file writes nothing", async () => {
  await using from = await openWorld();
  await ask(from, "Hello", { visitor: "v1" });
  const bytes = await backupOf(from, ":memory:");
  const to = await openMemory();
  const { kv } = to;
  const before = await linesOf(kv);
  // Not every bit of gzip means something: what is changed is the text in it.
  const text = await bytesOf(
    new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")),
  );
  for (let n = 0; n < 100; n++) {
    const changed = text.slice();
    const at = Math.floor((n / 100) * text.length);
    changed[at] = (changed[at] ?? 0) ^ (1 + n);
    const packed = await bytesOf(
      new Blob([changed]).stream().pipeThrough(new CompressionStream("gzip")),
    );
    await assertRejects(() => restore(kv, packed, true), "backup.damaged");
    const cut = bytes.slice(0, Math.floor((n / 100) * bytes.length));
    await assertRejects(() => restore(kv, cut, true), "backup.damaged");
  }
  await assertRejects(() => restoreNewer(kv, bytes), "backup.newer");
  assertEquals(await linesOf(kv), before);
  assertEquals((await kv.refreshGeneration()).number, 0);
  await to.close();
});

function restoreNewer(kv: Kv, bytes: Bytes) {
  return restoreBackup(kv, {
    open: () => ReadableStream.from([bytes]),
    replace: true,
    schema: SCHEMA - 1,
    now: Date.now(),
    prepare: () => Promise.resolve(),
    replaced: () => Promise.resolve(),
  });
}
