import { z } from "zod";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";
import type { ChatEvent } from "../shared/chat_events.ts";
import { FAILURE_CODES } from "../locales/errors/turn_codes.ts";
import { family } from "../store/key.ts";
import { chatKeys } from "./records.ts";
import { errorEvent, noticeEvent } from "./rules/turn_texts.ts";

/** A turn's end as the previous version stored it: with texts. */
const EARLIER = {
  failure: {
    problem: "/problems/provider-busy",
    title: "The AI service is busy",
    status: 503,
    detail:
      "Too many requests reached it at once. Your question is saved. Try again in 20 seconds.",
    retryable: true,
    retryAfterSeconds: 20,
  },
  notices: [{
    kind: "downgraded" as const,
    text: "Today's budget of this tool is nearly used, so a cheaper model answers.",
  }, {
    kind: "alert" as const,
    text:
      "This conversation has cost $0.1041 so far. A new conversation costs less, for less of it is sent along with each message.",
  }],
};

Deno.test("conversations stored with texts keep their words, and their failures get a code", async () => {
  await using world = await openWorld();
  const { store } = world.deps;
  await ask(world, "[[mock:error=500]] Hello");
  const { value: head } = await store.kv.get(chatKeys.head("v1", TOOL));
  assert.ok(head?.last);
  const raw = family<unknown, string[]>("head", z.unknown());
  const before = { ...head, last: { ...head.last, ...EARLIER } };
  await store.transactions.run([], (tx) => tx.set(raw("v1", TOOL), before));
  store.transactions.invalidate();

  const { value: read } = await store.kv.get(chatKeys.head("v1", TOOL));
  assertEquals(read?.last?.failure, {
    code: "provider-busy",
    retryable: true,
    retryAfterSeconds: 20,
  });
  const events: ChatEvent[] = [];
  const feed = world.services.followTurn("v1", TOOL, () => {});
  await until("the turn's events", () => {
    events.push(...feed.take().map(({ event }) => event));
    return events.some(({ type }) => type === "error");
  });
  feed.close();
  assertEquals(events.filter(({ type }) => type === "notice"), [
    ...EARLIER.notices.map((notice) => ({ type: "notice" as const, ...notice })),
  ]);
  assertEquals(events.find(({ type }) => type === "error"), {
    type: "error" as const,
    ...EARLIER.failure,
  });
  const { failure } = await world.services.pages.chat("v1", TOOL, null);
  const { title, detail, retryable } = EARLIER.failure;
  assertEquals(failure, { title, detail, retryable });

  // The next turn continues it, and its records are readable.
  await ask(world, "Hello again");
  assertEquals((await store.kv.get(chatKeys.head("v1", TOOL))).value?.last?.failure, null);
});

Deno.test("a stored failure with an unknown problem address is read as `internal`", async () => {
  await using world = await openWorld();
  const { store } = world.deps;
  await ask(world, "[[mock:error=500]] Hello");
  const { value: head } = await store.kv.get(chatKeys.head("v1", TOOL));
  assert.ok(head?.last);
  const failure = { ...EARLIER.failure, problem: "/problems/of-long-ago", retryable: false };
  const raw = family<unknown, string[]>("head", z.unknown());
  await store.transactions.run(
    [],
    (tx) => tx.set(raw("v1", TOOL), { ...head, last: { ...head.last, failure } }),
  );
  store.transactions.invalidate();
  const { value: read } = await store.kv.get(chatKeys.head("v1", TOOL));
  assertEquals([read?.last?.failure?.code, read?.last?.failure?.retryable], ["internal", false]);
});

Deno.test("errorEvent() and noticeEvent() have an address and a text for each code", () => {
  const told = FAILURE_CODES.map((code) =>
    errorEvent({ code, retryable: true, retryAfterSeconds: null })
  );
  assertEquals(new Set(told.map(({ problem }) => problem)).size, FAILURE_CODES.length);
  for (const { title, detail, status } of told) {
    assert.ok(title !== "" && !title.endsWith(".") && detail.endsWith(".") && status >= 500);
  }
  assertEquals(noticeEvent({ code: "downgraded", nearest: "tool", model: "gpt-4o-mini" }), {
    type: "notice",
    kind: "downgraded",
    text: EARLIER.notices[0]?.text ?? "",
  });
  assertEquals(noticeEvent({ code: "alert", session: 104_100_000n }), {
    type: "notice",
    kind: "alert",
    text: EARLIER.notices[1]?.text ?? "",
  });
});
