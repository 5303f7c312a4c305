import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { openWorld, type World } from "@/tests/support/world.ts";

const TOOL = "general-assistant";
let requests = 0;

async function ask(world: World, message: string, wait = true) {
  const { live } = await world.services.chat.startTurn({
    visitor: "v1",
    tool: TOOL,
    request: `history-${++requests}`,
    channel: "web",
    action: { kind: "send", message },
    rateLimitKey: null,
  });
  assert.ok(live);
  if (wait) await live.ended(5_000);
}

const texts = async (world: World) =>
  (await world.services.pages.chat("v1", TOOL, null)).messages
    .filter((m) => m.role === "user").map((m) => m.text);

Deno.test("History.putAside() keeps the conversation, takeUp() exchanges it with the current one", async () => {
  await using world = await openWorld();
  const { history } = world.services;
  await ask(world, "first\nconversation");
  await history.putAside("v1", TOOL);
  assertEquals(await texts(world), []);
  await ask(world, "second");
  const [entry] = await history.list("v1", TOOL);
  assert.ok(entry);
  assertEquals(entry.title, "first conversation");
  await history.takeUp("v1", TOOL, entry.head.conversation);
  assertEquals(await texts(world), ["first\nconversation"]);
  await ask(world, "goes on");
  assertEquals(await texts(world), ["first\nconversation", "goes on"]);
  assertEquals((await history.list("v1", TOOL)).map((e) => e.title), ["second"]);
});

Deno.test("History.putAside() stops a reply under way and keeps its text", async () => {
  await using world = await openWorld({ env: { MOCK_PACE_MS: "30" } });
  const { history } = world.services;
  await ask(world, "long", false);
  await new Promise((done) => setTimeout(done, 600));
  await history.putAside("v1", TOOL);
  const [entry] = await history.list("v1", TOOL);
  assertEquals(entry?.head.next, 2);
});

Deno.test("History.remove() deletes the messages; other visitors can neither see nor remove them", async () => {
  await using world = await openWorld();
  const { history } = world.services;
  await ask(world, "mine");
  await history.putAside("v1", TOOL);
  const [entry] = await history.list("v1", TOOL);
  assert.ok(entry);
  const { conversation } = entry.head;
  assertEquals(await history.list("v2", TOOL), []);
  await assertRejects(() => history.takeUp("v2", TOOL, conversation), "conversation.gone");
  await history.remove("v2", TOOL, conversation);
  assert.ok(await world.deps.store.conversations.message({ conversation }, 0));
  await history.remove("v1", TOOL, conversation);
  assertEquals(await world.deps.store.conversations.message({ conversation }, 0), null);
  assertEquals(await history.list("v1", TOOL), []);
});
