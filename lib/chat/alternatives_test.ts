import { MOST_ALTERNATIVES, MOST_BRANCHES } from "./alternatives.ts";
import { Conversations } from "./conversations.ts";
import { chatKeys, type ConversationHead } from "./records.ts";
import { START_CURSOR } from "./rules/turn_events.ts";
import type { Provider } from "../llm/provider.ts";
import { Kv } from "../store/kv.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { ask, repliesOf, setReview, TOOL } from "@/tests/support/asking.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld, type World } from "@/tests/support/world.ts";

const V = "v1";
const again = (world: World) => ask(world, "", { action: { kind: "regenerate" } });
const edit = (world: World, seq: number, message: string) =>
  ask(world, "", { action: { kind: "edit", seq, message } });

async function headOf({ deps: { store } }: World) {
  const head = await store.conversations.head(V, TOOL);
  assert.ok(head);
  return head;
}

/** The shown messages: questions by text, replies by turn. */
async function shown({ services }: World): Promise<string[]> {
  const { messages } = await services.pages.chat(V, TOOL, null);
  return messages.map(({ role, text, id }) => role === "user" ? text : id);
}

async function show(world: World, number: number, which: number): Promise<void> {
  const { history } = world.services;
  const { ids } = await history.alternatives(V, TOOL, number);
  await history.showAlternative(V, TOOL, number, ids[which] ?? -1);
}

/** Stored keys of messages and alternatives. */
async function kept(path: string): Promise<string[]> {
  using kv = await Deno.openKv(path);
  const rows = await Promise.all(
    ["message", "branch", "alternative"].map((family) =>
      Array.fromAsync(
        kv.list({ prefix: [family] }),
        ({ key: [name, , ...rest] }) => `${String(name)} ${rest.join(" ")}`,
      )
    ),
  );
  return rows.flat();
}

Deno.test("History.showAlternative(): a regenerated reply keeps the earlier one, its rating and its cost", async () => {
  await using world = await openWorld();
  const { services } = world;
  await ask(world, "What is a key term?");
  const [first] = await repliesOf(world);
  const rate = (message: string, verdict: "up" | "down") =>
    services.ratings.rate({ visitor: V, tool: TOOL, message, verdict, address: null });
  await rate(first?.id ?? "", "down");
  const once = (await headOf(world)).spent;
  await again(world);
  const [second] = await repliesOf(world);
  assert.notEqual(second?.id, first?.id);
  assertEquals(second?.reply?.rating, undefined);
  await rate(second?.id ?? "", "up");
  assertEquals(await services.history.alternatives(V, TOOL, 1), { ids: [0, 1], shown: 1 });

  await show(world, 1, 0);
  const [back] = await repliesOf(world);
  assertEquals([back?.id, back?.reply?.rating], [first?.id, "down"]);
  assertEquals(await services.history.alternatives(V, TOOL, 1), { ids: [0, 1], shown: 0 });
  assertEquals((await headOf(world)).spent, 2n * once, "All that was paid is counted");
  const { cost } = await services.pages.chat(V, TOOL, null);
  assertEquals(cost.turn, first?.reply?.usd);
  await show(world, 1, 1);
  assertEquals((await repliesOf(world))[0]?.reply?.rating, "up");
});

Deno.test("History.showAlternative(): an edit keeps the earlier branch, which continues at its end", async () => {
  await using world = await openWorld();
  for (const text of ["one", "two", "three"]) await ask(world, text);
  const before = await shown(world);
  await edit(world, 2, "two, in other words");
  await ask(world, "three of the other");
  const other = await shown(world);
  assertEquals([other[2], other[4], other.length], [
    "two, in other words",
    "three of the other",
    6,
  ]);
  await show(world, 2, 0);
  assertEquals(await shown(world), before);
  await ask(world, "four");
  assertEquals((await shown(world)).slice(0, 7), [...before, "four"]);
  await show(world, 2, 1);
  assertEquals(await shown(world), other);
  // Each is shown again with its own continuation.
  await show(world, 2, 0);
  assertEquals((await shown(world))[6], "four");
});

Deno.test("History.showAlternative(): an unknown alternative is `missing`; the shown one stays shown", async () => {
  await using world = await openWorld();
  const { history } = world.services;
  await assertRejects(() => history.showAlternative(V, TOOL, 0, 0), "gone");
  await ask(world, "one");
  const before = await headOf(world);
  await history.showAlternative(V, TOOL, 1, 0);
  assertEquals(await headOf(world), before);
  await assertRejects(() => history.showAlternative(V, TOOL, 1, 7), "gone");
  await assertRejects(() => history.showAlternative(V, TOOL, 9, 0), "gone");
  assertEquals(await headOf(world), before);
});

Deno.test("History.showAlternative() stops a reply under way, keeps it, and open pages reload", async () => {
  await using world = await openWorld({ env: { MOCK_PACE_MS: "20" } });
  await ask(world, "[[mock:tokens=20]] one");
  const [first] = await repliesOf(world);
  const action = { kind: "regenerate" } as const;
  const { live } = await world.services.chat.startTurn({
    visitor: V,
    tool: TOOL,
    request: "another-request",
    channel: "web",
    action,
    rateLimitKey: null,
  });
  await until("some words", () => (live?.text ?? "") !== "");
  const { cursor } = await world.services.pages.chat(V, TOOL, null);
  const [, turn = ""] = cursor.split(".");
  const conversation = (await headOf(world)).conversation;
  const following = world.services.follow(
    V,
    TOOL,
    { ...START_CURSOR, conversation, turn: Number(turn) },
    () => {},
  );
  await show(world, 1, 0);
  assertEquals((await repliesOf(world))[0]?.id, first?.id);
  await until(
    "the page to be told",
    () => following.take().some(({ event }) => event.type === "reload"),
  );
  following.close();
  await show(world, 1, 1);
  assertEquals((await repliesOf(world))[0]?.text, live?.text);
});

Deno.test("Chat.startTurn(): a failed regeneration leaves the earlier reply as an alternative", async () => {
  await using world = await openWorld();
  await ask(world, "one");
  const before = await shown(world);
  await edit(world, 0, "[[mock:error=500]] other");
  assertEquals(await shown(world), ["[[mock:error=500]] other"]);
  await again(world);
  await again(world);
  assertEquals(await world.services.history.alternatives(V, TOOL, 1), { ids: [], shown: null });
  await show(world, 0, 0);
  assertEquals(await shown(world), before);
  const { failure } = await world.services.pages.chat(V, TOOL, null);
  assertEquals(failure, null);
});

Deno.test("Chat.startTurn() keeps at most twenty alternatives: the oldest hidden one goes with its continuation", async () => {
  await using files = await scratch();
  await using world = await openWorld({ path: files.store });
  await ask(world, "one");
  await ask(world, "two");
  // The first version of reply 1 was continued, in two ways.
  await edit(world, 2, "two, in other words");
  for (let i = 1; i < MOST_ALTERNATIVES; i++) {
    await edit(world, 0, `one ${i}`);
  }
  const full = await world.services.history.alternatives(V, TOOL, 0);
  assertEquals([full.ids.length, full.ids[0]], [MOST_ALTERNATIVES, 0]);
  await edit(world, 0, "one too many");
  const { ids, shown: now } = await world.services.history.alternatives(V, TOOL, 0);
  assertEquals([ids.length, ids[0], ids.at(-1)], [MOST_ALTERNATIVES, 2, now]);
  await until(
    "the oldest to be deleted",
    async () =>
      (await kept(files.store)).filter((key) =>
        /^(message|branch 1 |alternative 0 [1-9])/.test(key)
      )
        .length === 0,
  );
  await show(world, 0, 0);
  assertEquals((await shown(world))[0], "one 1");
  await world.services.visitors.delete(V);
  assertEquals(await kept(files.store), []);
});

Deno.test("Chat.startTurn() refuses a further branch in a path with too many, and continues the conversation", async () => {
  await using world = await openWorld();
  await ask(world, "one");
  const head = await headOf(world);
  const { transactions } = world.deps.store;
  const path = Array.from({ length: MOST_BRANCHES }, (_, i) => [i + 1, i + 1] as const);
  const long = { ...head, path, branches: MOST_BRANCHES, next: MOST_BRANCHES + 2 };
  const question = await world.deps.store.conversations.message(head, 0);
  assert.ok(question);
  const headKey = chatKeys.head(V, TOOL);
  await transactions.run([headKey], (tx) => {
    tx.set(headKey, long);
    tx.set(chatKeys.branch(head.conversation, MOST_BRANCHES, MOST_BRANCHES + 1), question);
  });
  await assertRejects(
    () => edit(world, MOST_BRANCHES + 1, "another"),
    "conversation.too_many_versions",
  );
  await ask(world, "on");
  assertEquals((await headOf(world)).next, MOST_BRANCHES + 4);
});

Deno.test("Conversations.page() is one read without alternatives, and a read per branch with them", async () => {
  await using files = await scratch();
  await using world = await openWorld({ path: files.store });
  using raw = await Deno.openKv(files.store);
  let lists = 0;
  const counted = new Proxy(raw, {
    get: (target, name) => {
      if (name === "list") lists++;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const conversations = new Conversations(new Kv(counted, () => {}));
  const reads = async (head: ConversationHead, limit: number) => {
    lists = 0;
    const { messages } = await conversations.page(head, head.next, limit);
    return [lists, messages.length];
  };
  for (const text of ["one", "two", "three"]) await ask(world, text);
  assertEquals(await reads(await headOf(world), 20), [1, 6]);
  await edit(world, 2, "two again");
  const forked = await headOf(world);
  assertEquals(await reads(forked, 20), [2, 4]);
  assertEquals(await reads(forked, 1), [1, 1]);
});

Deno.test("reviewers see, search and export the shown path; ratings of hidden alternatives count as replaced", async () => {
  const ADA = "ada@example.org";
  await using world = await openWorld();
  await setReview(world, true);
  const { services } = world;
  await ask(world, "an early zebra");
  const [first] = await repliesOf(world);
  await services.ratings.rate({
    visitor: V,
    tool: TOOL,
    message: first?.id ?? "",
    verdict: "up",
    address: null,
  });
  await edit(world, 0, "a later giraffe");
  const { conversation } = await headOf(world);
  const any = { tool: "", channel: "", from: "", to: "", rating: "" as const, unreviewed: false };
  const look = async () => {
    const read = await services.review.read(ADA, conversation, null);
    const found = async (text: string) =>
      (await services.review.list(ADA, { ...any, text }, "")).rows.length;
    const file = await Array.fromAsync(await services.review.export(ADA, conversation, "json"));
    return {
      words: read.row.words,
      replaced: read.replaced.up,
      zebra: [await found("zebra"), file.join("").includes("zebra")],
      giraffe: [await found("giraffe"), file.join("").includes("giraffe")],
      reply: read.messages[1],
    };
  };
  const later = await look();
  assertEquals(
    [later.words, later.replaced, later.zebra, later.giraffe],
    ["a later giraffe", 1, [0, false], [1, true]],
  );
  await show(world, 0, 0);
  const early = await look();
  assertEquals(
    [early.words, early.replaced, early.zebra, early.giraffe],
    ["an early zebra", 0, [1, true], [0, false]],
  );
  const judgement = { verdict: "good", note: "" } as const;
  const judge = (reply: typeof early.reply) =>
    services.review.judge(ADA, conversation, {
      ...judgement,
      message: reply?.id ?? "",
      number: 1,
    });
  await judge(early.reply);
  await assertRejects(() => judge(later.reply), "review.closed");
});

Deno.test("History.takeUp() restores a conversation with its alternatives", async () => {
  await using world = await openWorld();
  const { history } = world.services;
  await ask(world, "one");
  await edit(world, 0, "another one");
  const { conversation } = await headOf(world);
  await history.putAside(V, TOOL);
  const [aside] = await history.list(V, TOOL);
  assertEquals(aside?.title, "another one");
  await history.takeUp(V, TOOL, conversation);
  await show(world, 0, 0);
  assertEquals((await shown(world))[0], "one");
});

Deno.test("Chat.startTurn() in another process continues the shown alternative, not its cached one", async () => {
  await using files = await scratch();
  await using here = await openWorld({ path: files.store });
  await ask(here, "one");
  await ask(here, "two");
  const prompts: string[][] = [];
  const provider: Provider = {
    name: "mock",
    simulated: true,
    async *stream({ messages }) {
      await Promise.resolve();
      prompts.push(messages.filter(({ role }) => role === "user").map(({ content }) => content));
      yield { type: "text", text: "Indeed." };
      yield { type: "end", reason: "stop" };
    },
  };
  await using there = await openWorld({ path: files.store, provider });
  await ask(there, "three of the first");
  await edit(here, 0, "one, in other words");
  await ask(there, "two of the second");
  await show(here, 0, 0);
  await ask(there, "four of the first");
  await show(here, 0, 1);
  await ask(there, "three of the second");
  assertEquals(prompts, [
    ["one", "two", "three of the first"],
    ["one, in other words", "two of the second"],
    ["one", "two", "three of the first", "four of the first"],
    ["one, in other words", "two of the second", "three of the second"],
  ]);
});

Deno.test("ChatPages.chat() has the places of messages among their versions, also where the last one failed", async () => {
  await using world = await openWorld();
  await ask(world, "One");
  await again(world);
  await edit(world, 0, "One, put better");
  await ask(world, "Two");
  const places = async () => {
    const { messages } = await world.services.pages.chat(V, TOOL, null);
    return messages.map(({ versions: { at, of } = { at: 1, of: 1 } }) => `${at}/${of}`);
  };
  assertEquals(await places(), ["2/2", "1/1", "1/1", "1/1"]);
  await show(world, 0, 0);
  assertEquals(await places(), ["1/2", "2/2"]);
  await again(world);
  assertEquals(await places(), ["1/2", "3/3"]);
  // As a turn that failed leaves it: no reply is shown in the place of the earlier ones.
  const { store } = world.deps;
  const head = await headOf(world);
  const found = await store.alternatives.versions({ ...head, path: [[9, 1]] }, 0, 2);
  assertEquals(found.get(1), { at: 3, of: 3, before: 1, after: null });
});
