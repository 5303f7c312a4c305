import { assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { checkLedger } from "./metering/ledger_check.ts";
import { deleteGeneration, switchGeneration } from "./store/whole_store/generation_change.ts";
import { keyAfter, type Kv } from "./store/kv.ts";
import { PROCESS_FAMILIES } from "./store/records.ts";
import { openStore } from "./stores.ts";

const TOOL = "general-assistant";

async function ask({ services }: World, message: string): Promise<void> {
  const { live } = await services.chat.startTurn({
    visitor: "v",
    tool: TOOL,
    request: `request ${message}`,
    channel: "web",
    action: { kind: "send", message },
    rateLimitKey: { kind: "ip", address: "192.0.2.1", rate: { limit: 100, windowMs: 60_000 } },
  });
  await live?.ended(5_000);
}

async function questions({ services }: World): Promise<string[]> {
  const { messages } = await services.pages.chat("v", TOOL, null);
  return messages.flatMap(({ role, text }) => role === "user" ? [text] : []);
}

/** Copies all records of the current generation into another. */
async function copyTo(kv: Kv, generation: number): Promise<void> {
  const from = kv.generation.number;
  let start: Deno.KvKey = from === 0 ? [""] : [from];
  const target = kv.at(generation);
  for (;;) {
    const found = await kv.stored({ start, end: from === 0 ? [0] : [from + 1] }, 100);
    const last = found.at(-1);
    if (!last) return;
    const operation = target.atomic();
    for (const { key, value } of found) {
      const path = from === 0 ? key : key.slice(1);
      if (!PROCESS_FAMILIES.has(path[0] ?? "")) operation.set(path, value);
    }
    await target.commit(operation);
    start = keyAfter(last.key);
  }
}

/** Families with records outside of generations. */
async function familiesOutside(path: string): Promise<string[]> {
  using raw = await Deno.openKv(path);
  const rows = await Array.fromAsync(raw.list({ start: [""], end: [0] }));
  return [...new Set(rows.map(({ key }) => String(key[0])))]
    .filter((family) => !PROCESS_FAMILIES.has(family));
}

Deno.test("openStore(): a generation restored by another process takes effect while the program runs", async () => {
  await using files = await scratch();
  await using world = await openWorld({ path: files.store });
  await ask(world, "first");
  const restoring = await openStore({ path: files.store, report: () => {} });
  await copyTo(restoring.kv, 1);
  await ask(world, "after the backup");
  assertEquals(await questions(world), ["first", "after the backup"]);

  await switchGeneration(restoring.kv, 1);
  await world.deps.store.ping();
  assertEquals(await questions(world), ["first"]);
  await ask(world, "after the restore");
  assertEquals(await questions(world), ["first", "after the restore"]);
  const { difference, entries } = await checkLedger(world.deps.store);
  assertEquals([difference, entries], [null, 2]);

  await deleteGeneration(restoring.kv, 0);
  assertEquals(await familiesOutside(files.store), []);
  await ask(world, "at the end");
  assertEquals(await questions(world), ["first", "after the restore", "at the end"]);
  assertEquals(await familiesOutside(files.store), []);
  await restoring.close();
});

Deno.test("openStore() in a later generation reads and writes there only", async () => {
  await using files = await scratch();
  {
    const store = await openStore({ path: files.store, report: () => {} });
    await switchGeneration(store.kv, 3);
    await store.close();
  }
  const before = await familiesOutside(files.store);
  {
    await using world = await openWorld({ path: files.store });
    assertEquals((await world.services.pages.tools()).total, 18);
    await ask(world, "hello");
    assertEquals(await questions(world), ["hello"]);
    assertEquals((await checkLedger(world.deps.store)).difference, null);
  }
  await using again = await openWorld({ path: files.store });
  assertEquals(await questions(again), ["hello"]);
  assertEquals(await familiesOutside(files.store), before);
});
