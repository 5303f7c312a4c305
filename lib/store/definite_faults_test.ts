import fc from "fast-check";
import { z } from "zod";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { AppError } from "../platform/errors.ts";
import { UnstorableError } from "./faults.ts";
import { family } from "./key.ts";
import { Kv } from "./kv.ts";
import { Transactions } from "./transactions.ts";

const sum = family<number, [name: string]>("sum", z.number(), { onDamage: "refuse" });
const text = family<string, [name: string]>("text", z.string());
const piece = family<string, [unit: string, n: number]>("piece", z.string());

interface Opened {
  transactions: Transactions;
  reports: string[];
}

function open(raw: Deno.Kv, limitMs?: number): Opened {
  const reports: string[] = [];
  const report = (what: string, details: Record<string, string>) =>
    void reports.push(`${what} ${JSON.stringify(details)}`);
  const kv = new Kv(raw, report);
  return { transactions: new Transactions(kv, "a", limitMs), reports };
}

/** Adds one to a shared sum and writes a record of its own. */
function unit({ transactions }: Opened, name: string, write: Write): Promise<number> {
  const key = sum("shared");
  return transactions.run([key], (tx) => {
    const next = (tx.get(key) ?? 0) + 1;
    tx.set(key, next);
    tx.set(text(name), write === "too large" ? "é語".repeat(40_000) : name);
    const pieces = write === "too many" ? 1_100 : write === "too much in all" ? 20 : 1;
    for (let n = 0; n < pieces; n++) {
      tx.set(piece(name, n), write === "too much in all" ? "x".repeat(60_000) : "x");
    }
    return next;
  }, 100);
}

const WRITES = ["good", "too large", "too many", "too much in all"] as const;
type Write = typeof WRITES[number];

Deno.test("Transactions.run() fails exactly the units that can never be stored, and runs the others once", async () => {
  const mix = fc.array(
    fc.constantFrom<Write>("good", "good", "good", ...WRITES),
    { minLength: 1, maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(mix, async (writes) => {
      using raw = await Deno.openKv(":memory:");
      const opened = open(raw);
      const results = await Promise.allSettled(
        writes.map((write, n) => unit(opened, `unit ${n}`, write)),
      );
      const good = writes.filter((write) => write === "good").length;
      const sums: number[] = [];
      for (const [n, result] of results.entries()) {
        const stored = (await raw.get(text(`unit ${n}`).path)).value;
        if (writes[n] === "good") {
          assertEquals([result.status, stored], ["fulfilled", `unit ${n}`]);
          if (result.status === "fulfilled") sums.push(result.value);
        } else {
          assert.ok(result.status === "rejected" && result.reason instanceof UnstorableError);
          assertEquals(stored, null);
        }
      }
      assertEquals((await raw.get(sum("shared").path)).value, good === 0 ? null : good);
      assertEquals(sums.sort((a, b) => a - b), Array.from({ length: good }, (_, n) => n + 1));
      assertEquals(opened.reports.length, writes.length - good);
    }),
    { numRuns: 40 },
  );
});

Deno.test("Transactions.run() fails an unstorable unit at once, names its record and delays no other", async () => {
  using raw = await Deno.openKv(":memory:");
  const opened = open(raw);
  const began = performance.now();
  const results = await Promise.allSettled([
    ...Array.from({ length: 50 }, (_, n) => unit(opened, `before ${n}`, "good")),
    unit(opened, "bad", "too large"),
    ...Array.from({ length: 49 }, (_, n) => unit(opened, `after ${n}`, "good")),
  ]);
  const took = performance.now() - began;
  assert.ok(took < 2_000, `It took ${took} ms`);
  assertEquals(results.flatMap(({ status }, n) => status === "rejected" ? [n] : []), [50]);
  assertEquals(opened.reports.length, 1);
  assert.match(
    opened.reports[0] ?? "",
    /can never be stored.*A value is too large.*sum text piece/,
  );
  assert.doesNotMatch(opened.reports[0] ?? "", /語/);
});

Deno.test("Transactions.run() fails only the units of a group that need a damaged record", async () => {
  using raw = await Deno.openKv(":memory:");
  const { transactions } = open(raw);
  const [sound, damaged, other] = [sum("sound"), sum("damaged"), sum("other")];
  await raw.set(damaged.path, "no number");
  const add = (...keys: ReturnType<typeof sum>[]) =>
    transactions.run(keys, (tx) => keys.forEach((key) => tx.set(key, (tx.get(key) ?? 0) + 1)));
  const results = await Promise.allSettled([add(sound), add(damaged, sound), add(other, sound)]);
  assertEquals(results.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled"]);
  const [, refused] = results;
  assert.ok(refused.status === "rejected" && refused.reason instanceof AppError);
  assert.match(refused.reason.message, /^store\.damaged {"family":"sum"}$/);
  const values = await raw.getMany<[number, string, number]>([
    sound.path,
    damaged.path,
    other.path,
  ]);
  assertEquals(values.map(({ value }) => value), [2, "no number", 1]);
  await raw.set(damaged.path, 7);
  await add(damaged);
  assertEquals((await raw.get(damaged.path)).value, 8, "It is read again once it is mended");
});

Deno.test("Transactions.read() refuses a damaged record that a unit of work has met", async () => {
  using raw = await Deno.openKv(":memory:");
  const { transactions } = open(raw);
  await raw.set(sum("damaged").path, "no number");
  await transactions.prefetch([sum("damaged")]);
  const looked = await transactions.read(sum("damaged")).catch((error) => error);
  assert.ok(looked instanceof AppError);
});

/** A store whose commits fail or never end. */
function faulty(kv: Deno.Kv, commit: (real: () => Promise<unknown>) => Promise<unknown>): Deno.Kv {
  return new Proxy(kv, {
    get(target, name) {
      if (name !== "atomic") {
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      }
      return () => {
        const operation = target.atomic();
        const real = operation.commit.bind(operation);
        Reflect.set(operation, "commit", () => commit(real));
        return operation;
      };
    },
  });
}

Deno.test("Transactions.run() fails at once and logs the cause when the disk is full", async () => {
  using raw = await Deno.openKv(":memory:");
  const full = faulty(raw, () => Promise.reject(new TypeError("database or disk is full")));
  const opened = open(full);
  const began = performance.now();
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, (_, n) => unit(opened, `${n}`, "good")),
  );
  assert.ok(performance.now() - began < 2_000);
  for (const result of results) {
    assert.ok(result.status === "rejected" && result.reason instanceof AppError);
    assertEquals(result.reason.kind, "unavailable");
  }
  assertEquals(opened.reports.length, 1, "One line for all");
  assert.match(opened.reports[0] ?? "", /did not take a write.*database or disk is full/);
});

Deno.test("Transactions.run() answers every unit within its limit when the store does not answer", async () => {
  using raw = await Deno.openKv(":memory:");
  const ends: (() => void)[] = [];
  const silent = faulty(
    raw,
    () => new Promise((_, fail) => ends.push(() => fail(new Error("end")))),
  );
  const opened = open(silent, 100);
  const began = performance.now();
  const results = await Promise.allSettled([
    ...Array.from({ length: 200 }, (_, n) => unit(opened, `${n}`, "good")),
  ]);
  const took = performance.now() - began;
  assert.ok(took >= 90 && took < 1_500, `It took ${took} ms`);
  assertEquals(results.filter(({ status }) => status === "fulfilled").length, 0);
  for (const end of ends.splice(0)) end();
  await opened.transactions.settled();
  assertEquals((await raw.get(sum("shared").path)).value, null, "Nothing of it is tried again");
});

Deno.test("family() refuses keys that the store would not take", () => {
  assertEquals(text("é".repeat(900)).family, "text");
  assert.throws(() => text("é".repeat(1_000)), AppError);
});
