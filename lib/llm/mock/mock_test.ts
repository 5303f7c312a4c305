import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { mock, type MockOptions } from "./mock.ts";
import { type Part, ProviderError } from "../provider.ts";
import { promptTokenBound } from "../tokens.ts";

const QUICK: MockOptions = { paceMs: 0, firstMs: 0, directives: true };

async function ask(question: string, options: MockOptions = QUICK, maxTokens = 2_000) {
  const messages = [{ role: "user" as const, content: question }];
  const request = { model: "gpt-4o-mini", messages, temperature: 1, effort: null, maxTokens };
  const parts: Part[] = [];
  let error: unknown;
  try {
    const signal = AbortSignal.timeout(5_000);
    for await (const part of mock(options).stream(request, signal)) parts.push(part);
  } catch (thrown) {
    error = thrown;
  }
  const text = parts.map((part) => part.type === "text" ? part.text : "").join("");
  const usage = parts.find((part) => part.type === "usage")?.usage;
  const end = parts.find((part) => part.type === "end")?.reason;
  return { parts, text, usage, end, error, bound: promptTokenBound(messages) };
}

Deno.test("mock() replies about the question, deterministically, and says that it is simulated", async () => {
  const first = await ask("How do I bake sourdough bread?");
  match(first.text, /How do I bake sourdough bread/);
  match(first.text, /simulated reply/);
  match(first.text, /API key/);
  equal(first.end, "stop");
  equal((await ask("How do I bake sourdough bread?")).parts, first.parts);
});

const kinds: [question: string, expected: RegExp][] = [
  ["Show a table of options", /^\| ---/m],
  ["Write code that greets people", /^```ts$/m],
  ["Some math please", /\$\$/],
  ["Say it in Arabic", /[\u0600-\u06ff]{3}/],
  ["מה שלומך?", /[\u0590-\u05ff]{3}/],
  ["A long answer about tea", /## More about/],
];
for (const [question, expected] of kinds) {
  Deno.test(`mock() answers "${question}" with a reply of its kind`, async () => {
    match((await ask(question)).text, expected);
  });
}

Deno.test("mock() keeps the question's markup out of the reply", async () => {
  const { text } = await ask("![x](http://evil.example/a.png) <b>`$$ hello");
  ok(!/!\[|<b>|\]\(/.test(text), text);
});

Deno.test("mock() reports usage within every bound", async () => {
  const { usage, bound } = await ask("Hello");
  ok(usage && usage.input <= bound && usage.output > 20 && usage.output <= 2_000);
});

Deno.test("mock() ends a reply at its limit", async () => {
  const { usage, end } = await ask("Hello", QUICK, 10);
  equal(end, "length");
  ok(usage && usage.output <= 10 && usage.output > 5);
});

Deno.test("mock() sends text in pieces", async () => {
  const { parts } = await ask("Hello", { paceMs: 1, firstMs: 0 }, 30);
  ok(parts.length > 5);
});

Deno.test("mock() obeys directives when allowed", async () => {
  const busy = (await ask("[[mock:error=429]]")).error;
  ok(busy instanceof ProviderError && busy.fault === "busy" && busy.details.retryAfterMs);
  const down = (await ask("[[mock:error=500]]")).error;
  ok(down instanceof ProviderError && down.fault === "down");
  const cut = await ask("x [[mock:cut]]");
  ok(cut.error instanceof ProviderError && cut.error.fault === "broken" && cut.text !== "");
  const stalled = await ask("x [[mock:stall]]", { ...QUICK, stallMs: 50 });
  ok(stalled.error instanceof ProviderError && stalled.error.fault === "timeout");
  equal((await ask("x [[mock:nousage]]")).usage, undefined);
  const { usage, end, text } = await ask("x [[mock:tokens=400]]");
  ok(usage && usage.output > 395 && usage.output <= 400);
  equal(end, "stop");
  ok(!text.includes("[["));
  const start = performance.now();
  await ask("x [[mock:slow=120]] [[mock:pace=0]]", { ...QUICK, paceMs: 9_999 });
  ok(performance.now() - start >= 115);
});

Deno.test("mock() treats directives as text when not allowed", async () => {
  const { error, text } = await ask("[[mock:error=429]]", { paceMs: 0, firstMs: 0 });
  equal(error, undefined);
  match(text, /error=429/);
});

Deno.test("mock() ends at once on an abort and on an early return", async () => {
  const request = { model: "m", messages: [], temperature: 1, effort: null, maxTokens: 99 };
  const slow = mock({ firstMs: 60_000 });
  const start = performance.now();
  for await (const _ of slow.stream(request, AbortSignal.timeout(30))) ok(false);
  const reader = slow.stream(request, new AbortController().signal)[Symbol.asyncIterator]();
  const waiting = reader.next();
  await reader.return?.();
  equal((await waiting).done, true);
  ok(performance.now() - start < 1_000);
});
