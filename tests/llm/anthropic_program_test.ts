import fc from "fast-check";
import { isBlank } from "@/lib/llm/rules/reply_text.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { meteringKeys } from "@/lib/metering/records.ts";
import {
  apiError,
  messageDelta,
  messageEvent,
  messageStart,
  PING,
  refusalEnd,
  startAnthropic,
  textBlock,
  thinkingBlock,
} from "@/tests/simulators/anthropic_messages.ts";
import { TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openWorld } from "@/tests/support/world.ts";

const RUNS = 400;
const AT_ONCE = 20;
const SEED = 20261129;

const words = fc.array(fc.string({ unit: "grapheme", maxLength: 12 }), { maxLength: 6 });
const count = fc.oneof(
  fc.nat(3_000),
  fc.constantFrom(-1, 0.5, 1e15, null, "7"),
);
const usage = fc.record({
  input_tokens: count,
  output_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
});
const part = fc.oneof(
  { weight: 4, arbitrary: words.map((text) => ({ body: textBlock(text), text: text.join("") })) },
  fc.string({ unit: "grapheme" }).map((thought) => ({ body: thinkingBlock(thought), text: "" })),
  usage.map((counts) => ({ body: messageDelta(null, counts), text: "" })),
  fc.constantFrom(PING, messageEvent("novel", { text: "Boo" })).map((body) => ({ body, text: "" })),
);
const STOPS = ["end_turn", "max_tokens", "tool_use", "pause_turn", "stop_sequence", "novel_reason"];
const ending = fc.oneof(
  fc.tuple(fc.constantFrom(...STOPS), usage).map(([reason, counts]) => ({
    body: messageDelta(reason, counts) + messageEvent("message_stop"),
    kind: "stopped" as const,
  })),
  usage.map((counts) => ({ body: refusalEnd(counts), kind: "refused" as const })),
  fc.constantFrom("overloaded_error", "api_error").map((type) => ({
    body: messageEvent("error", apiError(type)),
    kind: "failed" as const,
  })),
  fc.constant({ body: "", kind: "failed" as const }),
);
const reply = fc.record({
  start: usage,
  parts: fc.array(part, { maxLength: 5 }),
  ending,
  cut: fc.boolean(),
  crlf: fc.boolean(),
  pieces: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
});

Deno.test("any answers of the Messages API end each turn once, booked once, and keep no withdrawn text", async () => {
  const replies = fc.sample(reply, { seed: SEED, numRuns: RUNS });
  await using claude = startAnthropic((question) => {
    const asked = replies[Number(question.match(/^Question (\d+)$/)?.[1])];
    assert.ok(asked, question);
    const body = messageStart(asked.start) + asked.parts.map(({ body }) => body).join("") +
      asked.ending.body;
    return {
      body: asked.crlf ? body.replaceAll("\n", "\r\n") : body,
      pieces: asked.pieces,
      cut: asked.cut && asked.ending.kind === "failed",
    };
  });
  await using world = await openWorld({
    env: {
      ANTHROPIC_API_KEY: "sk-test",
      ANTHROPIC_BASE_URL: claude.url,
      ORGANISATION_CEILING_USD: "1000000",
    },
  });
  const { store, calendar, clock } = world.deps;
  const tool = await store.tools.get(TOOL);
  assert.ok(tool);
  await store.tools.put({ ...tool, ceiling: null });

  async function check(number: number): Promise<void> {
    const { parts, ending: { kind } } = replies[number] ?? { parts: [], ending: { kind: "" } };
    const about = `reply ${number} of seed ${SEED}, ${kind}`;
    const visitor = `visitor-${number}`;
    const { live, turn } = await world.services.chat.startTurn({
      visitor,
      tool: TOOL,
      request: `request-${number}-of-the-test`,
      channel: "web",
      action: { kind: "send", message: `Question ${number}` },
      rateLimitKey: null,
    });
    assert.ok(live, about);
    await live.ended(20_000);
    const last = live.closing.at(-1);
    assert.ok(last?.type === "done" || last?.type === "error", `${about}: it hung`);
    const head = await store.conversations.head(visitor, TOOL);
    assertEquals([head?.running, head?.last?.turn], [null, turn], about);
    const kept = head?.last?.replied
      ? (await store.conversations.message(head, head.last.question + 1))?.text ?? ""
      : "";
    const written = parts.map(({ text }) => text).join("");
    const whole = kind === "refused" || isBlank(written) ? "" : written;
    assertEquals(kept, whole, about);
    if (kind === "refused") assertEquals([live.text, last.type], ["", "error"], about);
    assert.doesNotMatch(JSON.stringify(live.closing), /secret|Boo/, about);
    const { value: entry } = await store.kv.get(meteringKeys.ledger(day, turn));
    const generated = parts.some(({ body }) => body.includes("content_block"));
    if (generated) assert.ok(entry && entry.usd > 0n, `${about}: nothing is booked`);
  }
  const day = calendar.dayOf(clock());
  const numbers = Array.from({ length: RUNS }, (_, number) => number);
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = numbers.pop(); next !== undefined; next = numbers.pop()) await check(next);
  }));
  assertEquals(claude.requests.length, RUNS, "Each question is asked once");
  assertEquals((await checkLedger(store)).difference, null);
  const [total] = await store.ledger.days("organisation", "all", [day]);
  assertEquals([total?.held, total?.holds], [0n, 0]);
});
