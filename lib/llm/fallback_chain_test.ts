import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import { Breakers } from "./breaker.ts";
import { fallbackChain, membersAfter, type PriceOf } from "./fallback_chain.ts";
import {
  type ModelRequest,
  type Part,
  type Provider,
  ProviderError,
  type ProviderFault,
} from "./provider.ts";

const request = { model: "m", messages: [], temperature: 1, effort: null, maxTokens: 9 };
const price = { input: 1n, cachedInput: 1n, output: 2n };
const priceOf = () => price;
const chainOf = (members: Provider[], of: PriceOf = priceOf) =>
  fallbackChain(members, { priceOf: of, breakers: new Breakers(() => 0) });
const END: Part = { type: "end", reason: "stop" };

/** A provider that streams text, fails, or both, and records its early return. */
function scripted(
  name: string,
  says: string,
  fault?: ProviderFault,
  left: string[] = [],
): Provider {
  return {
    name,
    simulated: false,
    async *stream() {
      try {
        if (says !== "") yield { type: "text", text: says };
        if (fault) throw new ProviderError(fault, `${name} failed`);
        yield END;
      } finally {
        left.push(name);
      }
    },
  };
}

const attemptAt = (provider: string) => ({ provider, model: "m", simulated: false, price });

async function read(...members: Provider[]): Promise<Part[]> {
  const parts: Part[] = [];
  const { signal } = new AbortController();
  for await (const part of chainOf(members).stream(request, signal)) {
    parts.push(part);
  }
  return parts;
}

Deno.test("fallbackChain() reports the first provider that answers and tries no other", async () => {
  const left: string[] = [];
  const parts = await read(scripted("a", "hi"), scripted("b", "ho", undefined, left));
  equal(parts, [
    { type: "attempt", attempt: attemptAt("a"), failed: null },
    { type: "text", text: "hi" },
    END,
  ]);
  equal(left, []);
});

Deno.test("the provider that a request names is asked first, then the others in their order", async () => {
  const members = [scripted("a", "ho"), scripted("b", "", "down"), scripted("c", "", "down")];
  const asked = async (provider: string) => {
    const order: string[] = [];
    const { signal } = new AbortController();
    const stream = chainOf(members).stream({ ...request, provider }, signal);
    for await (const part of stream) if (part.type === "attempt") order.push(part.attempt.provider);
    return order;
  };
  equal(await asked("a"), ["a"]);
  equal(await asked("b"), ["b", "a"]);
  equal(await asked("c"), ["c", "a"]);
  equal(await asked("nobody"), ["a"]);
});

for (const fault of ["busy", "down", "timeout", "broken", "account_empty"] as const) {
  Deno.test(`fallbackChain() tries the next provider after ${fault} before any text`, async () => {
    const [first, second, ...rest] = await read(scripted("a", "", fault), scripted("b", "ho"));
    equal(first, { type: "attempt", attempt: attemptAt("a"), failed: null });
    const failed = second?.type === "attempt" ? second.failed : null;
    equal(second, { type: "attempt", attempt: attemptAt("b"), failed });
    const { error, ...told } = failed ?? {};
    equal(error?.fault, fault);
    const maySpend = fault === "timeout" || fault === "broken";
    equal(told, { ...attemptAt("a"), maySpend, usage: null });
    equal(rest, [{ type: "text", text: "ho" }, END]);
  });
}

for (const fault of ["refused", "filtered", "too_long", "only_thinking"] as const) {
  Deno.test(`fallbackChain() tries no other provider after ${fault}, which would repeat`, async () => {
    await rejects(read(scripted("a", "", fault), scripted("b", "ho")), /a failed/);
  });
}

/** A provider that gives these parts, then fails. */
function giving(name: string, parts: Part[], fault: ProviderFault): Provider {
  return {
    name,
    simulated: false,
    async *stream() {
      await Promise.resolve();
      yield* parts;
      throw new ProviderError(fault, `${name} failed`);
    },
  };
}

Deno.test("fallbackChain() counts thinking as a beginning of the reply, but not a usage claim before a failure", async () => {
  const usage = { type: "usage", usage: { input: 1, cached: 0, output: 0, reasoning: 0 } } as const;
  await rejects(
    read(giving("a", [{ type: "thinking", bytes: 3 }], "broken"), scripted("b", "ho")),
    /a failed/,
  );
  const parts = await read(giving("a", [usage], "down"), scripted("b", "ho"));
  const second = parts[1]?.type === "attempt" ? parts[1].failed : null;
  equal([second?.usage, second?.maySpend], [usage.usage, true]);
  equal(parts.slice(2), [{ type: "text", text: "ho" }, END]);
  const { signal } = new AbortController();
  const only: Provider = {
    name: "a",
    simulated: false,
    async *stream() {
      await Promise.resolve();
      yield usage;
      yield END;
    },
  };
  const whole = await Array.fromAsync(chainOf([only, only]).stream(request, signal));
  equal(whole.slice(1), [usage, END]);
});

Deno.test("fallbackChain() asks the next provider only when the part after its attempt is requested", async () => {
  const left: string[] = [];
  const members = [scripted("a", "", "busy", left), scripted("b", "ho", undefined, left)];
  const { signal } = new AbortController();
  const parts = chainOf(members).stream(request, signal)[Symbol.asyncIterator]();
  await parts.next();
  equal(left, []);
  await parts.next();
  equal(left, ["a"]);
  // A caller that cannot pay for the next attempt returns here.
  await parts.return?.();
  equal(left, ["a"]);
});

Deno.test("fallbackChain() gives the last provider's usage claim before its failure", async () => {
  const usage = { type: "usage", usage: { input: 1, cached: 0, output: 0, reasoning: 0 } } as const;
  const members = [scripted("a", "", "account_empty"), giving("b", [usage], "busy")];
  const parts: Part[] = [];
  await rejects(async () => {
    const { signal } = new AbortController();
    for await (const part of chainOf(members).stream(request, signal)) {
      parts.push(part);
    }
  }, /b failed/);
  equal(parts.map(({ type }) => type), ["attempt", "attempt", "usage"]);
});

Deno.test("fallbackChain() skips providers without a known price", async () => {
  const left: string[] = [];
  const members = [scripted("a", "hi", undefined, left), scripted("b", "ho", undefined, left)];
  const { signal } = new AbortController();
  const known = (provider: string) => provider === "b" ? price : null;
  const parts = await Array.fromAsync(chainOf(members, known).stream(request, signal));
  equal(parts[0], { type: "attempt", attempt: attemptAt("b"), failed: null });
  equal(left, ["b"]);
  await rejects(
    Array.fromAsync(chainOf(members, () => null).stream(request, signal)),
    /price/,
  );
});

Deno.test("fallbackChain() throws a refused request, a failure after text and the last provider's failure", async () => {
  await rejects(read(scripted("a", "", "refused"), scripted("b", "ho")), /a failed/);
  await rejects(read(scripted("a", "hi", "down"), scripted("b", "ho")), /a failed/);
  await rejects(read(scripted("a", "", "down"), scripted("b", "", "busy")), /b failed/);
});

Deno.test("fallbackChain() closes the current provider on an early return", async () => {
  const left: string[] = [];
  const members = chainOf([
    scripted("a", "", "down", left),
    scripted("b", "ho", undefined, left),
  ]);
  for await (const part of members.stream(request, new AbortController().signal)) {
    if (part.type === "text") break;
  }
  equal(left, ["a", "b"]);
});

/** What a chain asks and gives, with breakers that other calls have opened. */
async function readWith(
  members: Provider[],
  open: readonly string[],
  over: Partial<ModelRequest> = {},
  breakers = new Breakers(() => 0, () => 0.5),
) {
  for (const name of open) {
    for (let i = 0; i < 3; i++) {
      const call = breakers.begin({ provider: name, model: "m" });
      call?.failed(new ProviderError("down", "m"));
      call?.end();
    }
  }
  const parts: Part[] = [];
  const chain = fallbackChain(members, { priceOf, breakers });
  let error: unknown = null;
  try {
    const asked = { ...request, ...over };
    for await (const part of chain.stream(asked, new AbortController().signal)) parts.push(part);
  } catch (thrown) {
    error = thrown;
  }
  const asked = parts.flatMap((part) =>
    part.type === "attempt" ? [`${part.attempt.provider}:${part.attempt.model}`] : []
  );
  const text = parts.map((part) => part.type === "text" ? part.text : "").join("");
  return { asked, text, error, breakers };
}

Deno.test("fallbackChain() skips a model whose breaker is open, and asks it when nobody else is left", async () => {
  const both = [scripted("a", "hi"), scripted("b", "ho")];
  equal((await readWith(both, ["a"])).asked, ["b:m"]);
  // Both are open: the one that opens soonest, never an instant refusal.
  equal((await readWith(both, ["a", "b"])).asked, ["a:m"]);
  const last = await readWith([scripted("a", "hi"), scripted("b", "", "down")], ["a"]);
  equal([last.asked, last.text], [["b:m", "a:m"], "hi"]);
  const alone = await readWith([scripted("a", "hi")], ["a"]);
  equal([alone.asked, alone.text], [["a:m"], "hi"]);
});

Deno.test("fallbackChain() asks the models that a request names, each once, and no member besides", async () => {
  const members = [scripted("a", "", "down"), scripted("b", "ho"), scripted("c", "hu")];
  const successors = [
    { provider: "a", model: "m" },
    { provider: "a", model: "n" },
    { provider: "gone", model: "m" },
    { provider: "c", model: "x" },
  ];
  const { asked, text } = await readWith(members, [], { provider: "a", successors });
  equal([asked, text], [["a:m", "a:n", "c:x"], "hu"]);
  equal((await readWith(members, [], { successors: [] })).asked, ["a:m"]);
});

Deno.test("fallbackChain() passes a refused key, region or model on, and shuts the provider for a key only", async () => {
  for (const [status, shut] of [[401, true], [403, false], [404, false]] as const) {
    const refusing: Provider = {
      name: "a",
      simulated: false,
      // deno-lint-ignore require-yield
      async *stream() {
        await Promise.resolve();
        throw new ProviderError("refused", "a refused", { status });
      },
    };
    const { asked, text, breakers } = await readWith([refusing, scripted("b", "ho")], []);
    equal([asked, text], [["a:m", "b:m"], "ho"], String(status));
    equal(breakers.admits({ provider: "a", model: "other" }), !shut, String(status));
  }
});

Deno.test("fallbackChain() tells a provider which models can follow it, and no longer a reply than its model writes", async () => {
  const seen: ModelRequest[] = [];
  const watching = (name: string): Provider => ({
    name,
    simulated: false,
    // deno-lint-ignore require-yield
    async *stream(asked) {
      seen.push(asked);
      await Promise.resolve();
      throw new ProviderError("down", name);
    },
  });
  const members = [watching("a"), watching("b"), watching("c")];
  await readWith(members, ["b"], { maxTokens: 9 });
  equal(seen.map(({ successors }) => successors?.map(({ provider }) => provider)), [
    ["c"],
    [],
    [],
  ]);
  const [first] = seen.splice(0);
  equal([first?.provider, first?.model, first?.maxTokens], ["a", "m", 9]);
  const over = { model: "gpt-4o", maxTokens: 100_000, successors: [] };
  await readWith([{ ...watching("openai") }], [], over);
  equal(seen.map(({ maxTokens }) => maxTokens), [16_384]);
});

Deno.test("A stop during an attempt ends the chain without a second one", async () => {
  const stop = new AbortController();
  const hanging: Provider = {
    name: "a",
    simulated: false,
    // deno-lint-ignore require-yield
    async *stream(_, signal) {
      await new Promise((done) => signal.addEventListener("abort", done, { once: true }));
      throw new ProviderError("down", "a fails as it is stopped");
    },
  };
  const breakers = new Breakers(() => 0);
  const chain = fallbackChain([hanging, scripted("b", "ho")], { priceOf, breakers });
  const asked: string[] = [];
  setTimeout(() => stop.abort(), 20);
  for await (const part of chain.stream(request, stop.signal)) {
    if (part.type === "attempt") asked.push(part.attempt.provider);
  }
  equal(asked, ["a"]);
});

Deno.test("membersAfter() keeps the model where another provider prices it, and else takes its usual one", () => {
  const members = ["a", "b", "c", "d"].map((name) => scripted(name, ""));
  const options = {
    priceOf: (provider: string, model: string) =>
      provider === "b" || model === "usual" ? price : null,
    defaultModelOf: (provider: string) => provider === "c" ? "usual" : null,
  };
  equal(membersAfter({ provider: "a", model: "m" }, members, options), [
    { provider: "b", model: "m" },
    { provider: "c", model: "usual" },
  ]);
  equal(membersAfter({ provider: "elsewhere", model: "m" }, members, options), []);
});
