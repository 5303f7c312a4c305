import { ask, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { DAY, IDLE, type MemoryWorld, openMemory } from "@/tests/support/remembering.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { memoryKeys } from "./records.ts";

const SECRET = "nakuruworkshop";

/** Whether a text stands anywhere in the store, in keys or values. */
async function isStored({ deps }: MemoryWorld, text: string): Promise<boolean> {
  const rows = await deps.store.kv.stored({ prefix: [] }, 1_000);
  assert.ok(rows.length > 0 && rows.length < 1_000);
  const shown = (value: unknown): string =>
    JSON.stringify(value, (_, each) => typeof each === "bigint" ? String(each) : each);
  return rows.some(({ key, value }) =>
    `${shown(key.map(String))}${shown(value)}`.toLowerCase().includes(text)
  );
}

/** A conversation with its note, and one that is only marked. */
async function remembering(world: MemoryWorld): Promise<void> {
  await world.talk(`Please plan the ${SECRET} in August with us`);
  await world.round();
  assertEquals((await world.remembered()).length, 1);
  await ask(world, `And the costs of the ${SECRET}, please`);
  assert.ok(await isStored(world, SECRET), "It would be seen");
}

const marks = async ({ deps }: MemoryWorld) =>
  (await deps.store.kv.list(
    { prefix: ["memory_mark"] },
    (path) => memoryKeys.mark(String(path[1])),
  ))
    .length;

Deno.test("deleting a person's conversations or data deletes their notes and marks: nothing stays in the store", async () => {
  for (const how of ["one by one", "as a person"]) {
    await using files = await scratch();
    await using world = await openMemory({ path: files.store });
    await remembering(world);
    await world.services.memory.switchOff("v1", "data-analyst", true);
    if (how === "as a person") {
      while (!(await world.services.visitors.delete("v1")).done);
      const { kv } = world.deps.store;
      assertEquals((await kv.get(memoryKeys.choice("v1"))).value, null);
    } else {
      const { conversations } = world.deps.store;
      for (const { tool, conversation } of await conversations.ofVisitor("v1", 10)) {
        assert.ok(await world.services.history.remove("v1", tool, conversation));
      }
    }
    assertEquals(await isStored(world, SECRET), false, how);
    assertEquals(await marks(world), 0);
    await world.round();
    assertEquals(await world.remembered(), []);
  }
});

Deno.test("a conversation that is deleted while its note is written gets none", async () => {
  const reached = Promise.withResolvers<void>(), answer = Promise.withResolvers<string>();
  await using world = await openMemory({
    note: () => {
      reached.resolve();
      return answer.promise;
    },
  });
  await ask(world, `Please plan the ${SECRET} in August`);
  world.time.now += IDLE;
  const round = world.round();
  await reached.promise;
  const head = await world.deps.store.conversations.head("v1", TOOL);
  await world.services.history.remove("v1", TOOL, head?.conversation ?? "");
  answer.resolve(`en\nThey plan the ${SECRET}.`);
  await round;
  assertEquals(await isStored(world, SECRET), false);
  const entries = (await Array.fromAsync(world.deps.store.ledger.all())).flat();
  assertEquals(entries.filter(({ channel }) => channel === "memory").length, 1, "It is paid");
});

Deno.test("deleting everything that is remembered keeps it away from later notes and questions", async () => {
  await using world = await openMemory();
  await remembering(world);
  await world.services.memory.forgetAll("v1", null);
  world.time.now += IDLE;
  await world.round();
  assertEquals(await world.remembered(), []);
  world.model.asked.length = 0;
  await world.services.history.putAside("v1", TOOL);
  await ask(world, "What did we discuss about the costs?");
  assert.doesNotMatch(world.questions()[0]?.question ?? "", new RegExp(SECRET));
});

Deno.test("notes are kept for 30 days, each by itself", async () => {
  await using world = await openMemory();
  await world.talk(`Please plan the ${SECRET} in August`);
  await world.round();
  world.time.now += 20 * DAY;
  await world.talk("Please check the story of the sower");
  await world.round();
  assertEquals((await world.remembered()).length, 2);
  world.time.now += 11 * DAY;
  assertEquals(await world.remembered(), ["The person asked: Please check the story of the sower"]);
  const { retention, kv } = world.deps.store;
  const key = memoryKeys.memory("v1", TOOL);
  const stored = async () => (await kv.get(key)).value?.notes.length ?? null;
  const sweep = async () => {
    const { participantsOf } = await import("../deletion.ts");
    const { familiesOf } = await import("../chat/history/expired.ts");
    const { EventBus } = await import("../platform/event_bus.ts");
    const families = familiesOf(participantsOf(world.deps, new EventBus(world.deps.log)));
    for (let family = 0; family < families.length; family++) {
      const { rows } = await retention.piece(families, { family, after: null }, 100);
      await retention.drop(rows.filter(({ until }) => until < world.time.now), world.time.now);
    }
  };
  assertEquals(await stored(), 2);
  await sweep();
  assertEquals(await stored(), 1);
  world.time.now += 20 * DAY;
  await sweep();
  assertEquals(await stored(), null);
});
