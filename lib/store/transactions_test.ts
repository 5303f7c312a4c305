import { assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { z } from "zod";
import { AppError } from "../platform/errors.ts";
import type { Key } from "./key.ts";
import { Kv } from "./kv.ts";
import { Transactions } from "./transactions.ts";

const count = (name: string): Key<number> => ({
  family: "count",
  id: `count ${name}`,
  path: ["count", name],
  schema: z.number(),
  onDamage: "refuse",
  lifetime: undefined,
});

function open(raw: Deno.Kv, name: string): Transactions {
  return new Transactions(new Kv(raw, () => {}), name);
}

function increment(transactions: Transactions, key: Key<number>): Promise<number> {
  return transactions.run([key], (tx) => {
    const next = (tx.get(key) ?? 0) + 1;
    tx.set(key, next);
    return next;
  });
}

Deno.test("Transactions.run() loses none of 1,000 simultaneous updates, and groups them", async () => {
  using kv = await Deno.openKv(":memory:");
  const transactions = open(kv, "a");
  const key = count("hot");
  const results = await Promise.all(
    Array.from({ length: 1000 }, () => increment(transactions, key)),
  );
  assertEquals(new Set(results).size, 1000);
  assertEquals((await kv.get(key.path)).value, 1000);
  assertEquals(transactions.counts.groups < 100, true);
});

Deno.test("Transactions.run() of two processes on one file loses no update", async () => {
  await using files = await scratch();
  const path = files.store;
  const [first, second] = [await Deno.openKv(path), await Deno.openKv(path)];
  try {
    const both = [open(first, "a"), open(second, "b")];
    const key = count("hot");
    const results = await Promise.all(
      both.flatMap((each) => Array.from({ length: 300 }, () => increment(each, key))),
    );
    assertEquals(new Set(results).size, 600);
    assertEquals((await first.get(key.path)).value, 600);
  } finally {
    first.close();
    second.close();
  }
});

Deno.test("Transactions.run() keeps no writes of work that throws, and commits the rest of its group", async () => {
  using kv = await Deno.openKv(":memory:");
  const transactions = open(kv, "a");
  const [kept, refused] = [count("kept"), count("refused")];
  const works = await Promise.allSettled([
    increment(transactions, kept),
    transactions.run([refused], (tx) => {
      tx.set(refused, 1);
      throw new AppError("conflict", { code: "turn.busy" });
    }),
    increment(transactions, kept),
  ]);
  assertEquals(works.map((w) => w.status), ["fulfilled", "rejected", "fulfilled"]);
  assertEquals((await kv.get(kept.path)).value, 2);
  assertEquals((await kv.get(refused.path)).value, null);
});

Deno.test("Transactions.run() rejects on fresh records only", async () => {
  using kv = await Deno.openKv(":memory:");
  const transactions = open(kv, "a");
  const key = count("changed elsewhere");
  await increment(transactions, key);
  await kv.set(key.path, 0);
  const seen = await transactions.run([key], (tx) => {
    if (tx.get(key) !== 0) throw new AppError("conflict", { code: "tools.changed" });
    return tx.get(key);
  });
  assertEquals(seen, 0);
});

Deno.test("Transactions.run() rejects work that reads a key it did not name", async () => {
  using kv = await Deno.openKv(":memory:");
  const transactions = open(kv, "a");
  await assertRejects(() => transactions.run([], (tx) => tx.get(count("unnamed"))), "did not name");
});

/** Commits, then loses the answer: as an error, or as a failed check after a client's retry. */
function lossy(kv: Deno.Kv, lose: () => "error" | "failed" | null): Deno.Kv {
  return new Proxy(kv, {
    get(target, name) {
      if (name !== "atomic") {
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      }
      return () => {
        const operation = target.atomic();
        const commit = operation.commit.bind(operation);
        operation.commit = async () => {
          const result = await commit();
          const how = lose();
          if (how === "error") throw new Error("connection lost");
          return how === "failed" ? { ok: false } : result;
        };
        return operation;
      };
    },
  });
}

Deno.test("Transactions.run() commits once when the answer of a commit is lost", async () => {
  using kv = await Deno.openKv(":memory:");
  let n = 0;
  const transactions = open(
    lossy(kv, () => ++n % 3 === 0 ? "error" : n % 5 === 0 ? "failed" : null),
    "a",
  );
  const key = count("hot");
  for (let round = 0; round < 40; round++) {
    await Promise.all(Array.from({ length: 5 }, () => increment(transactions, key)));
  }
  assertEquals((await kv.get(key.path)).value, 200);
});
