import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { chatKeys } from "../records.ts";

const MESSAGES = 1_300;

/** Stores a conversation of very many messages. Returns its id. */
async function long({ deps: { store } }: World): Promise<string> {
  const head = await store.conversations.head("v1", TOOL);
  assert.ok(head);
  const { conversation } = head;
  const message = await store.conversations.message(head, 0);
  assert.ok(message);
  for (let from = head.next; from < MESSAGES; from += 200) {
    await store.transactions.run([], (tx) => {
      for (let n = from; n < Math.min(MESSAGES, from + 200); n++) {
        tx.set(chatKeys.message(conversation, n), { ...message, id: `m${n}` });
      }
    });
  }
  await store.transactions.run([], (tx) => {
    tx.set(chatKeys.head("v1", TOOL), { ...head, next: MESSAGES, turns: MESSAGES / 2 });
  });
  return conversation;
}

async function stored({ deps: { store } }: World, conversation: string): Promise<number> {
  const rows = await store.kv.list(
    { prefix: ["message", conversation] },
    (path) => chatKeys.message(conversation, Number(path[2])),
  );
  return rows.length;
}

Deno.test("Chat.startTurn() edits the first question of a very long conversation and keeps all messages after it", async () => {
  await using world = await openWorld();
  await ask(world, "Hello");
  const conversation = await long(world);
  await ask(world, "", { action: { kind: "edit", seq: 0, message: "Something else" } });
  const head = await world.deps.store.conversations.head("v1", TOOL);
  assertEquals([head?.conversation, head?.next], [conversation, 2]);
  assertEquals(await stored(world, conversation), MESSAGES);
  await world.services.history.showAlternative("v1", TOOL, 0, 0);
  assertEquals((await world.deps.store.conversations.head("v1", TOOL))?.next, MESSAGES);
});

Deno.test("DataDeletion deletes the remains of an interrupted edit with the conversation", async () => {
  await using world = await openWorld();
  await ask(world, "Hello");
  const conversation = await long(world);
  const head = await world.deps.store.conversations.head("v1", TOOL);
  assert.ok(head);
  await world.deps.store.transactions.run([], (tx) => {
    tx.set(chatKeys.head("v1", TOOL), { ...head, next: 2 });
  });
  await world.services.visitors.delete("v1");
  assertEquals(await stored(world, conversation), 0);
});
