import { chatKeys } from "@/lib/chat/records.ts";
import { indexArchives } from "@/lib/chat/history/archive.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { openWorld, type World } from "@/tests/support/world.ts";

const TOOLS = ["general-assistant", "math-tutor"] as const;
const V = "v1";
let requests = 0;

async function ask(world: World, message: string, tool: string = TOOLS[0], visitor = V) {
  const { live } = await world.services.chat.startTurn({
    visitor,
    tool,
    request: `own-${++requests}`,
    channel: "web",
    action: { kind: "send", message },
    rateLimitKey: null,
  });
  assert.ok(live);
  await live.ended(5_000);
}

/** A clock that can be set. */
function testClock() {
  const time = { now: Date.UTC(2026, 10, 23) };
  return { time, clock: () => time.now++ };
}

async function titles(world: World, limit = 20): Promise<string[]> {
  const { conversations } = await world.services.own.list.page(V, { limit });
  return conversations.map(({ title }) => title);
}

Deno.test("OwnConversations.page() lists all tools, the current ones too, latest first, in pages", async () => {
  const { clock } = testClock();
  await using world = await openWorld({ clock });
  const { history, own } = world.services;
  for (let i = 0; i < 5; i++) {
    await ask(world, `number ${i}`, TOOLS[i % 2]);
    if (i < 3) await history.putAside(V, TOOLS[i % 2] ?? "");
  }
  await ask(world, "somebody else's", TOOLS[0], "v2");
  const all = ["number 4", "number 3", "number 2", "number 1", "number 0"];
  assertEquals(await titles(world), all);
  const paged: string[] = [];
  let pages = 0;
  for (let after = null;; pages++) {
    const page = await own.list.page(V, { after, limit: 2 });
    paged.push(...page.conversations.map(({ title }) => title));
    if (page.next === null) break;
    after = page.next;
  }
  assertEquals([paged, pages], [all, 2]);
  const [third] = (await own.list.page(V, { limit: 20 })).conversations.slice(2);
  await history.takeUp(V, TOOLS[0], third?.conversation ?? "");
  assertEquals(await titles(world), ["number 2", "number 4", "number 3", "number 1", "number 0"]);
});

Deno.test("indexArchives() lists conversations that were archived before there was an index", async () => {
  await using world = await openWorld();
  const { store } = world.deps;
  await ask(world, "from before");
  await world.services.history.putAside(V, TOOLS[0]);
  const rows = await store.kv.list(
    { prefix: ["archive_index"] },
    (path) => chatKeys.archiveIndex(String(path[1]), Number(path[2]), String(path[3])),
  );
  assertEquals(rows.length, 1);
  await store.transactions.run([], (tx) => {
    for (const { path: [, visitor, at, id] } of rows) {
      tx.delete(chatKeys.archiveIndex(String(visitor), Number(at), String(id)));
    }
  });
  assertEquals(await titles(world), []);
  await indexArchives(store.kv);
  await indexArchives(store.kv);
  assertEquals(await titles(world), ["from before"]);
});

Deno.test("History.rename() holds for current and archived conversations, and through changes of both", async () => {
  await using world = await openWorld();
  const { history } = world.services;
  await ask(world, "first words");
  const current = await history.current(V, TOOLS[0]);
  const which = { visitor: V, tool: TOOLS[0], conversation: current?.id ?? "" };
  await history.rename(which, "  My \n title ");
  assertEquals(await titles(world), ["My title"]);
  await ask(world, "goes on");
  assertEquals(await titles(world), ["My title"], "A turn keeps it");
  await history.putAside(V, TOOLS[0]);
  assertEquals(await titles(world), ["My title"]);
  await history.rename(which, "Another");
  await history.takeUp(V, TOOLS[0], which.conversation);
  assertEquals(await titles(world), ["Another"]);
  await history.putAside(V, TOOLS[0]);
  await history.rename(which, "");
  assertEquals(await titles(world), ["first words"]);
  await assertRejects(() => history.rename({ ...which, visitor: "v2" }, "x"), "conversation.gone");
});

Deno.test("Removals: Undo brings a conversation back, current again; without it all of it is deleted", async () => {
  const { time, clock } = testClock();
  await using world = await openWorld({ clock });
  const { history, own } = world.services;
  await ask(world, "a secret word");
  const current = await history.current(V, TOOLS[0]);
  const conversation = current?.id ?? "";
  const which = { visitor: V, tool: TOOLS[0], conversation };
  assertEquals(await own.removals.remove({ ...which, visitor: "v2" }), false);
  assertEquals(await own.removals.remove(which), true);
  assertEquals(await history.current(V, TOOLS[0]), null, "The chat page begins anew");
  assertEquals((await own.removals.of(V)).map((each) => each.offered), [true]);
  assertEquals(await own.removals.undo("v2", conversation), false);
  assertEquals(await own.removals.undo(V, conversation), true);
  assertEquals((await history.current(V, TOOLS[0]))?.id, conversation);

  await own.search.find(V, "secret");
  await own.removals.remove(which);
  time.now += 11_000;
  assertEquals((await own.removals.of(V)).map((each) => each.offered), [false]);
  time.now += 20_000;
  assertEquals(await own.removals.of(V), []);
  assertEquals(await own.removals.undo(V, conversation), false);
  assertEquals(await titles(world), []);
  const { store } = world.deps;
  for (const family of ["message", "terms", "archive", "archive_index", "removal", "head"]) {
    const rows = await store.kv.stored({ prefix: [family] }, 10);
    assertEquals(rows.length, 0, family);
  }
});

Deno.test("Removals: a round deletes what was removed", async () => {
  const { time, clock } = testClock();
  await using world = await openWorld({ clock });
  const { history, own } = world.services;
  await ask(world, "to be removed");
  const current = await history.current(V, TOOLS[0]);
  await own.removals.remove({ visitor: V, tool: TOOLS[0], conversation: current?.id ?? "" });
  time.now += 31_000;
  own.start();
  await own.stop();
  assertEquals((await world.deps.store.kv.stored({ prefix: ["message"] }, 10)).length, 0);
});

Deno.test("ConversationSearch.find() finds words of questions, replies and titles, and follows the conversation", async () => {
  await using world = await openWorld();
  const { history, own } = world.services;
  await ask(world, "About the covenant in Kuria", TOOLS[1]);
  await history.putAside(V, TOOLS[1]);
  await ask(world, "The storm in Mark");
  const find = async (query: string) => (await own.search.find(V, query)).map(({ title }) => title);
  assertEquals(await find("COVEN kuria"), ["About the covenant in Kuria"]);
  assertEquals(await find("storm"), ["The storm in Mark"]);
  assertEquals(await find("covenant storm"), []);
  assertEquals(await find("!?"), []);
  assertEquals(await own.search.find("v2", "storm"), []);
  await ask(world, "And the cushion");
  assertEquals(await find("cushion"), ["The storm in Mark"]);
  await history.rename(
    { visitor: V, tool: TOOLS[0], conversation: (await history.current(V, TOOLS[0]))?.id ?? "" },
    "Lake",
  );
  assertEquals(await find("lake cushion"), ["Lake"]);
});

Deno.test("ConversationSearch.find() searches what is shown after an edit, also where it searched before", async () => {
  const { clock } = testClock();
  await using world = await openWorld({ clock });
  const { own, chat } = world.services;
  const find = async (query: string) => (await own.search.find(V, query)).length;
  await ask(world, "The storm in Mark");
  assertEquals([await find("storm"), await find("mountain")], [1, 0]);
  const { live } = await chat.startTurn({
    visitor: V,
    tool: TOOLS[0],
    request: `own-${++requests}`,
    channel: "web",
    action: { kind: "edit", seq: 0, message: "The mountain in Mark" },
    rateLimitKey: null,
  });
  await live?.ended(5_000);
  assertEquals([await find("storm"), await find("mountain")], [0, 1]);
});
