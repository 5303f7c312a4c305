import { z } from "zod";
import { KV_CONNECT_TOKEN, serveKvConnect } from "@/tests/simulators/kv_connect.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { blockFor } from "@/tests/support/block.ts";
import { isLocked } from "./faults.ts";
import { family } from "./key.ts";
import { Kv } from "./kv.ts";
import { callStore } from "./store_call.ts";
import { Transactions } from "./transactions.ts";

const LIMIT_MS = 400;
const sum = family<number, []>("sum", z.number());

Deno.test("callStore() and Transactions.run() over KV Connect wait for the answer after this process stood still for longer than their limits", async () => {
  // In this process, so that it stands still as well.
  await using store = serveKvConnect(KV_CONNECT_TOKEN);
  Deno.env.set("DENO_KV_ACCESS_TOKEN", KV_CONNECT_TOKEN);
  using raw = await Deno.openKv(store.url);
  const transactions = new Transactions(new Kv(raw, () => {}), "a", LIMIT_MS);
  const reading = callStore(() => raw.get(["none"]), isLocked, LIMIT_MS);
  const writing = transactions.run([sum()], (tx) => tx.set(sum(), 1));
  blockFor(2 * LIMIT_MS);
  assertEquals((await reading).value, null);
  await writing;
  assertEquals((await raw.get(sum().path)).value, 1);
});

Deno.test("callStore() ends at its limit, and repeats a call until then only if its error may pass", async () => {
  let calls = 0;
  const fail = (message: string) => () => {
    calls++;
    return Promise.reject(new TypeError(message));
  };
  const began = performance.now();
  await assertRejects(() => callStore(() => new Promise(() => {}), isLocked, 80), "in time");
  assert.ok(performance.now() - began >= 75);
  await assertRejects(() => callStore(fail("database is locked"), isLocked, 80), "in time");
  assert.ok(calls > 3, `${calls} calls`);
  calls = 0;
  await assertRejects(() => callStore(fail("disk I/O error"), isLocked, 80), "disk I/O error");
  assertEquals(calls, 1);
});
