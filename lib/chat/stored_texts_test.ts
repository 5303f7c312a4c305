import { TURN_ERROR_TEXTS } from "../locales/errors/turns/languages.ts";
import { LANGUAGES } from "../shared/languages.ts";
import type { Notice } from "../metering/call_records.ts";
import { z } from "zod";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";
import type { ChatEvent } from "../shared/chat_events.ts";
import { FAILURE_CODES } from "../locales/errors/turn_codes.ts";
import { family } from "../store/key.ts";
import { chatKeys } from "./records.ts";
import { errorEvent, eventInLanguage, noticeEvent } from "./rules/turn_texts.ts";

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
  const feed = world.services.followTurn(
    { visitor: "v1", tool: TOOL, turn: head.last.turn },
    () => {},
  );
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
  const sent = (notice: Notice) => eventInLanguage(noticeEvent(notice), "en");
  assertEquals(sent({ code: "downgraded", nearest: "tool", model: "gpt-4o-mini" }), {
    type: "notice",
    kind: "downgraded",
    text: EARLIER.notices[0]?.text ?? "",
  });
  assertEquals(sent({ code: "alert", session: 104_100_000n }), {
    type: "notice",
    kind: "alert",
    text:
      "This conversation has cost $0.1041 so far. A new conversation costs less, because less is sent with each message.",
  });
});

Deno.test("eventInLanguage() has each failure and notice in each language, and leaves stored texts", () => {
  const failed = { code: "provider-busy", retryable: true, retryAfterSeconds: 20 } as const;
  const notices: Notice[] = [
    { code: "downgraded", nearest: "person", model: "m" },
    { code: "clamped", nearest: "address" },
    { code: "alert", session: 104_100_000n },
    { code: "failed_over" },
  ];
  for (const language of LANGUAGES) {
    const { failures, notices: texts } = TURN_ERROR_TEXTS[language];
    const told = eventInLanguage(errorEvent(failed), language);
    assert.ok(told.type === "error");
    assertEquals([told.title, told.detail], Object.values(failures["provider-busy"](20)));
    assertEquals(told, errorEvent(failed, language));
    const shown = notices.map((notice) => eventInLanguage(noticeEvent(notice), language));
    assertEquals(shown.map((event) => event.type === "notice" && event.text), [
      texts.downgraded({ nearest: "person", model: "m" }),
      texts.clamped({ nearest: "address" }),
      texts.alert({ session: 104_100_000n }),
      texts.failed_over({}),
    ]);
    assert.ok(shown.every((event) => !("about" in event)));
  }
  const stored = noticeEvent({ kind: "clamped", text: "As it was stored." });
  assertEquals(eventInLanguage(stored, "ar"), stored);
});

Deno.test("Chat.startTurn() joins the turn of a request that was stored without its tool", async () => {
  await using world = await openWorld();
  const { store } = world.deps;
  const raw = family<unknown, string[]>("asked", z.unknown());
  const request = crypto.randomUUID();
  await store.transactions.run([], (tx) => tx.set(raw("v1", request), "a-turn-of-before"));
  for (const tool of [TOOL, "math-tutor"]) {
    const joined = await world.services.chat.startTurn({
      visitor: "v1",
      tool,
      request,
      channel: "web",
      action: { kind: "send", message: "Hello" },
      rateLimitKey: null,
    });
    assertEquals([joined.turn, joined.live], ["a-turn-of-before", null]);
  }
});
