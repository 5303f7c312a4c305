import { ask, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openMemory, setRemembers } from "@/tests/support/remembering.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { batchesOfTurn } from "@/tests/support/turn_reads.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { memoryKeys } from "./records.ts";

const batchesOf = (world: World, visitor: string) =>
  batchesOfTurn({
    world,
    visitor,
    message: "Tell me more about the workshop",
    also: ["memory", "memory_choice", "memory_mark"],
  });

Deno.test("memoryParticipant() adds no batch of reads to a turn, first or later, cold or warm", async () => {
  const counted: number[][] = [];
  for (const remembers of [false, true]) {
    await using folder = await scratch();
    const batches: number[] = [];
    for (const start of [1, 2]) {
      await using world = await openWorld({ path: folder.store });
      await setRemembers(world, remembers);
      // The round at the start has looked for marks.
      await world.services.memory.rounds.round();
      if (remembers && start === 2) {
        const note = {
          conversation: "earlier",
          text: "A workshop in Kisumu",
          terms: ["workshop"],
          language: "en",
          at: world.deps.clock(),
          by: "model" as const,
        };
        await world.deps.store.transactions.run([], (tx) => {
          const memory = { notes: [note], forgottenAt: 0, revision: 1 };
          tx.set(memoryKeys.memory("v1", TOOL), memory);
        });
        world.deps.store.transactions.invalidate();
      }
      for (const visitor of ["v1", "v1", "v2", "v2"]) {
        batches.push(await batchesOf(world, visitor));
      }
      world.deps.store.transactions.invalidate();
      batches.push(await batchesOf(world, "v1"));
    }
    counted.push(batches);
  }
  const [without, within] = counted;
  assert.ok(without?.every((batches) => batches > 0));
  assertEquals(within, without);
});

Deno.test("memoryParticipant() asks nothing with a note that another process has deleted, or after a no there", async () => {
  await using folder = await scratch();
  const time = { now: Date.parse("2026-08-15T12:00:00Z") };
  await using one = await openMemory({ path: folder.store, time });
  await using two = await openMemory({ path: folder.store, time });
  await one.talk("Please plan our workshop in Kisumu");
  await one.round();
  const asked = async (world: typeof two) => {
    await ask(world, "What did we discuss about Kisumu?");
    return world.questions().at(-1)?.question ?? "";
  };
  assert.match(await asked(two), /workshop in Kisumu/);
  await one.services.memory.switchOff("v1", null, true);
  assert.doesNotMatch(await asked(two), /earlier_notes/, "Its copy says yes");
  await one.services.memory.switchOff("v1", null, false);
  assert.match(await asked(two), /workshop in Kisumu/, "Its copy says no");
  await one.services.memory.forgetAll("v1", null);
  assert.doesNotMatch(await asked(two), /workshop in Kisumu/);
});

Deno.test("a damaged no is a no", async () => {
  await using world = await openMemory();
  const { kv } = world.deps.store;
  const { path } = memoryKeys.choice("v1");
  await kv.commit(kv.atomic().set(path, "damaged"));
  assertEquals(await world.services.memory.stateOf("v1", TOOL), "off");
});
