import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/asking.ts";
import { openCutter } from "@/tests/support/cutter.ts";
import { KV_CONNECT_TOKEN, serveKvConnect } from "@/tests/simulators/kv_connect.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import type { Provider } from "../llm/provider.ts";
import { type ChatState, openChat, reduce } from "../shared/chat_state.ts";
import type { ChatView } from "../shared/views/chat_view.ts";
import { parseCursor, START_CURSOR } from "./rules/turn_events.ts";

const REPLY = "A whole reply.";

/** A provider whose reply's text is there, and whose end waits for `end()`. */
function endingOnDemand() {
  let held = Promise.withResolvers<void>();
  const provider: Provider = {
    name: "mock",
    simulated: true,
    async *stream() {
      yield { type: "text", text: REPLY };
      await held.promise;
      yield { type: "end", reason: "stop" };
    },
  };
  return {
    provider,
    end: () => held.resolve(),
    hold: () => held = Promise.withResolvers<void>(),
  };
}

let requests = 0;

async function begin({ services }: World, visitor: string) {
  const { live } = await services.chat.startTurn({
    visitor,
    tool: TOOL,
    request: `request-${++requests}`,
    channel: "web",
    action: { kind: "send", message: "What is a key term?" },
    rateLimitKey: null,
  });
  assert.ok(live);
  return live;
}

/** The page's live part once it has the events after its cursor; null when none ends a turn. */
async function followed({ services }: World, visitor: string, view: ChatView) {
  let state: ChatState = openChat(view.running);
  const cursor = parseCursor(view.cursor);
  assert.ok(cursor);
  const feed = services.follow(visitor, TOOL, cursor, () => {
    for (const { event } of feed.take()) state = reduce(state, event);
  });
  try {
    return await until("the page to show the reply's end", () => {
      const [last] = state.turns;
      return last?.phase.name === "done" && last.phase.html;
    }, 20_000);
  } finally {
    feed.close();
  }
}

for (const place of ["the reply's process", "another process"]) {
  Deno.test(`ChatPages.chat() and the events after its cursor show the whole reply in ${place}, at whatever moment of its end the page is read`, async () => {
    const { provider, end, hold } = endingOnDemand();
    await using folder = await scratch();
    const path = folder.store;
    await using writing = await openWorld({ provider, path });
    await using other = place === "another process" ? await openWorld({ provider, path }) : null;
    const world = other ?? writing;
    const views: { visitor: string; view: ChatView }[] = [];
    for (let round = 0; round < 12; round++) {
      hold();
      const visitor = `visitor-${round}`;
      const live = await begin(writing, visitor);
      await until("the text", () => live.text === REPLY);
      const read = async () =>
        views.push({ visitor, view: await world.services.pages.chat(visitor, TOOL, null) });
      await read();
      end();
      const reading = [1, 2, 3, 4].map(async () => {
        while (live.closing.length === 0) await read();
      });
      await Promise.all(reading);
    }
    const unfinished = views.filter(({ view }) => view.messages.length === 1);
    assert.ok(unfinished.some(({ view }) => view.running !== null));
    const shown = await Promise.all(
      unfinished.map(({ visitor, view }) => followed(world, visitor, view)),
    );
    for (const html of shown) assert.match(html, /A whole reply\./);
  });
}

Deno.test("ConversationFeed reads again after a failed read, alone on the store as well", async () => {
  const { provider, end } = endingOnDemand();
  await using store = serveKvConnect(KV_CONNECT_TOKEN);
  await using relay = openCutter(Number(new URL(store.url).port));
  Deno.env.set("DENO_KV_ACCESS_TOKEN", KV_CONNECT_TOKEN);
  await using world = await openWorld({ provider, path: relay.url });
  assert.ok(world.deps.store.processes.isOnlyProcess);
  const live = await begin(world, "v1");
  end();
  await live.ended(20_000);
  relay.hang();
  const events: string[] = [];
  let reads = 0;
  const feed = world.services.follow("v1", TOOL, START_CURSOR, () => {
    reads++;
    events.push(...feed.take().map(({ event }) => event.type));
  });
  try {
    await until("a failed read", () => reads > 0);
    assertEquals(events, []);
    relay.flow();
    await until("the reply's end", () => events.includes("done"));
  } finally {
    feed.close();
  }
});
