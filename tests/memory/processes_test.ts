import { ProviderError } from "@/lib/llm/provider.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { memoryKeys } from "@/lib/memory/records.ts";
import { StoredMemory } from "@/lib/memory/stored_memory.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import {
  IDLE,
  type MemoryWorld,
  openMemory,
  startNotingModel,
} from "@/tests/support/remembering.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld } from "@/tests/support/world.ts";
import { until } from "@/tests/support/wait.ts";

const talks = (count: number) =>
  Array.from({ length: count }, (_, i) => `Please help me with story number ${i} of our project`);

async function memoryEntries({ deps }: MemoryWorld) {
  return (await Array.fromAsync(deps.store.ledger.all())).flat()
    .filter(({ channel }) => channel === "memory");
}

Deno.test("MemoryRounds of two processes note each conversation once", async () => {
  await using files = await scratch();
  const time = { now: Date.parse("2026-08-15T12:00:00Z") };
  await using one = await openMemory({ path: files.store, time });
  await using two = await openMemory({ path: files.store, time });
  for (const [i, message] of talks(12).entries()) {
    await ask(i % 2 ? one : two, message, { visitor: `v${i}` });
  }
  time.now += IDLE;
  await Promise.all([one, two, one, two].map((world) => world.round()));
  await Promise.all([one, two].map((world) => world.round()));
  assertEquals(one.notes().length + two.notes().length, 12);
  assertEquals((await memoryEntries(one)).length, 12);
  for (let i = 0; i < 12; i++) assertEquals((await one.remembered(`v${i}`)).length, 1);
  assertEquals((await checkLedger(one.deps.store)).difference, null);
});

Deno.test("a process that is killed while it notes leaves one ledger entry, and the conversation's beginning in place of the note", async () => {
  await using files = await scratch();
  const time = { now: Date.parse("2026-08-15T12:00:00Z") };
  let asked = 0;
  // The killed process never gets its answer.
  const never = Promise.withResolvers<string>();
  const note = () => ++asked === 1 ? never.promise : "en\nA second note.";
  await using world = await openMemory({ path: files.store, time, note });
  const [message = ""] = talks(1);
  await ask(world, message);
  time.now += IDLE;
  const worker = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--lock=tests/deno.lock",
      "tests/memory/noting_worker.ts",
      files.store,
      world.model.env.OPENAI_BASE_URL ?? "",
      String(time.now),
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
  await until("the note is asked for", () => asked === 1);
  await world.round();
  assertEquals([asked, await world.remembered()], [1, []], "It is claimed");
  worker.kill("SIGKILL");
  await worker.status;
  never.resolve("");
  await until("the call is settled", async () => (await memoryEntries(world)).length === 1, 60_000);
  await world.round();
  await world.round();
  assertEquals([asked, await world.remembered()], [1, [message]]);
  const [entry, ...others] = await memoryEntries(world);
  assertEquals([entry?.basis, others.length], ["estimated", 0]);
  const [day] = await world.deps.store.ledger.days("tool", TOOL, ["2026-08-15"]);
  assertEquals([day?.held, day?.holds], [0n, 0]);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
});

Deno.test("MemoryRounds.round() writes no note of a call that was lost when everything is deleted meanwhile", async () => {
  await using world = await openMemory();
  const { store } = world.deps;
  const [message = ""] = talks(1);
  await world.talk(message);
  const { marks: [mark] } = await new StoredMemory(store).marks(null, 10);
  assert.ok(mark);
  const { conversation, ...claimed } = mark;
  const claim = { process: "lost", call: "lost" };
  await store.transactions.run(
    [],
    (tx) => tx.set(memoryKeys.mark(conversation), { ...claimed, claim }),
  );
  const { conversations } = store;
  const page = conversations.page.bind(conversations);
  conversations.page = async (...asked) => {
    const found = await page(...asked);
    world.time.now += 1_000;
    await world.services.memory.forgetAll("v1", TOOL);
    return found;
  };
  await world.round();
  assertEquals([await world.remembered(), world.notes().length], [[], 0]);
  assertEquals((await new StoredMemory(store).marks(null, 10)).marks, []);
});

Deno.test("a shutdown does not wait for a slow note: it is paid for, and the conversation's beginning stands in", async () => {
  await using files = await scratch();
  const time = { now: Date.parse("2026-08-15T12:00:00Z") };
  const [message = ""] = talks(1);
  const reached = Promise.withResolvers<void>(), answer = Promise.withResolvers<string>();
  const note = () => {
    reached.resolve();
    return answer.promise;
  };
  await using model = startNotingModel(note);
  {
    await using before = await openMemory({ path: files.store, time });
    await before.talk(message);
  }
  const closing = await openWorld({ path: files.store, clock: () => time.now, env: model.env });
  await reached.promise;
  const began = performance.now();
  await closing[Symbol.asyncDispose]();
  const took = performance.now() - began;
  answer.resolve("");
  assert.ok(took < 6_000, String(took));
  await using world = await openMemory({ path: files.store, time });
  await world.round();
  assertEquals([await world.remembered(), world.notes().length], [[message], 0]);
  assertEquals((await memoryEntries(world)).length, 1);
});

Deno.test("MemoryRounds try again later after a failure that cost nothing, and not after a bill without a note", async () => {
  await using world = await openMemory({ note: () => "" });
  const [first = "", second = ""] = talks(2);
  await world.talk(first);
  await world.round();
  assertEquals(await world.remembered(), [first], "An empty answer is paid for");
  assertEquals((await memoryEntries(world)).length, 1);

  await world.talk(second);
  // A model that cannot be reached bills nothing.
  const { stream } = world.deps.provider;
  const away: typeof stream = () => ({
    [Symbol.asyncIterator]: () => {
      throw new ProviderError("down", "away");
    },
  });
  world.deps.provider.stream = away;
  await world.round();
  await world.round();
  assertEquals([await world.remembered(), (await memoryEntries(world)).length], [[first], 1]);
  world.deps.provider.stream = stream;
  await world.round();
  assertEquals((await world.remembered()).length, 1, "Later");
  world.time.now += IDLE;
  await world.round();
  assertEquals((await world.remembered()).length, 2);
  assertEquals((await memoryEntries(world)).length, 2);
});
