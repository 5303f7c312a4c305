import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { z } from "zod";
import { family } from "@/lib/store/key.ts";
import { storeKeys } from "@/lib/store/records.ts";
import { Kv } from "@/lib/store/kv.ts";
import { Transactions } from "@/lib/store/transactions.ts";
import { message, numberOf, readFields } from "./kv_connect_protobuf.ts";
import { KV_CONNECT_TOKEN, serveKvConnect, type Troubles } from "./kv_connect.ts";

async function open(troubles?: Troubles) {
  const server = serveKvConnect(KV_CONNECT_TOKEN, troubles);
  Deno.env.set("DENO_KV_ACCESS_TOKEN", KV_CONNECT_TOKEN);
  const kv = await Deno.openKv(server.url);
  return {
    server,
    kv,
    [Symbol.asyncDispose]: async () => {
      kv.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

Deno.test("readFields(): numbers and bytes come back as written", () => {
  const inner = message([1, 300], [2, new Uint8Array(200)]);
  const fields = readFields(message([3, 0], [4, 2 ** 40], [15, inner]).slice());
  assertEquals(numberOf(fields, 4), 2 ** 40);
  assertEquals(fields.map((f) => f.tag), [3, 4, 15]);
  assert.throws(() => readFields(new Uint8Array([10, 5, 1])), RangeError);
});

Deno.test("serveKvConnect(): a plain client gets, sets, lists and deletes", async () => {
  await using world = await open();
  const { kv } = world;
  const values = ["text", 1n, 1.5, true, null, { deep: [1, new Date(0)] }, new Uint8Array([1])];
  for (const [i, value] of values.entries()) await kv.set(["n", i], value);
  const all = await Array.fromAsync(kv.list({ prefix: ["n"] }));
  assertEquals(all.map((entry) => entry.value), values);
  assertEquals(all.map((entry) => entry.key), values.map((_, i) => ["n", i]));
  const options = { reverse: true, limit: 2 } as const;
  const last = await Array.fromAsync(kv.list({ start: ["n", 1], end: ["n", 6] }, options));
  assertEquals(last.map((entry) => entry.key[1]), [5, 4]);
  const small = await Array.fromAsync(kv.list({ prefix: ["n"] }, { batchSize: 2 }));
  assertEquals(small.length, values.length);
  await kv.delete(["n", 0]);
  const some = await kv.getMany([["n", 0], ["n", 1], ["m"]]);
  assertEquals(some.map((entry) => entry.value), [null, 1n, null]);
  assertEquals(some.map((entry) => entry.versionstamp === null), [true, false, true]);
});

Deno.test("serveKvConnect(): an atomic write happens whole, and only if its checks hold", async () => {
  await using world = await open();
  const { kv } = world;
  const first = await kv.atomic().check({ key: ["a"], versionstamp: null })
    .set(["a"], 1).set(["b"], 1).commit();
  assert.ok(first.ok);
  assertEquals((await kv.get(["a"])).versionstamp, first.versionstamp);
  const again = await kv.atomic().check({ key: ["a"], versionstamp: null })
    .set(["a"], 2).delete(["b"]).commit();
  assertEquals(again.ok, false);
  const third = await kv.atomic().check({ key: ["a"], versionstamp: first.versionstamp })
    .set(["a"], 3).delete(["b"]).commit();
  assertEquals(third.ok, true);
  assertEquals([(await kv.get(["a"])).value, (await kv.get(["b"])).value], [3, null]);
  assertEquals(world.server.counts.failedChecks, 1);
});

Deno.test("serveKvConnect(): an expired row is gone", async () => {
  await using world = await open();
  await world.kv.set(["late"], 1, { expireIn: 60_000 });
  await world.kv.set(["soon"], 1, { expireIn: 50 });
  await new Promise((done) => setTimeout(done, 80));
  assertEquals((await world.kv.get(["soon"])).value, null);
  assertEquals((await world.kv.get(["late"])).value, 1);
});

Deno.test("serveKvConnect(): a client without the token gets nothing", async () => {
  await using server = serveKvConnect("another-token-altogether");
  Deno.env.set("DENO_KV_ACCESS_TOKEN", KV_CONNECT_TOKEN);
  await assertRejects(() => Deno.openKv(server.url), "token is not known");
});

Deno.test("serveKvConnect(): transactions are exact while half of the answers are lost", async () => {
  await using world = await open({ lose: 0.5 });
  const transactions = new Transactions(new Kv(world.kv, () => {}), "a");
  const key = { ...storeKeys.schema(), family: "count", id: "count", path: ["count"] };
  for (let round = 0; round < 20; round++) {
    await Promise.all(
      Array.from(
        { length: 5 },
        () => transactions.run([key], (tx) => tx.set(key, (tx.get(key) ?? 0) + 1)),
      ),
    );
  }
  assertEquals((await world.kv.get(["count"])).value, 100);
  assert.ok(world.server.counts.lost > 3);
});

Deno.test("Kv reads again when a read's answer breaks off, and commits are exact with half of all answers lost", async () => {
  await using world = await open({ cut: 0.5, lose: 0.5 });
  const kv = new Kv(world.kv, () => {});
  const transactions = new Transactions(kv, "a");
  const key = family<number, [name: string]>("count", z.number());
  for (let round = 0; round < 20; round++) {
    const one = key(`${round}`);
    await transactions.run([one], (tx) => tx.set(one, round));
    assertEquals((await kv.get(one)).value, round);
  }
  const rows = await kv.list({ prefix: ["count"] }, ([, name]) => key(String(name)));
  assertEquals(rows.length, 20);
});
