import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import { Breakers } from "./breaker.ts";
import { fallbackChain, type PriceOf } from "./fallback_chain.ts";
import { type Part, type Provider, ProviderError, type ProviderFault } from "./provider.ts";

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
