import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import { chain } from "./chain.ts";
import { type Part, type Provider, ProviderError, type ProviderFault } from "./provider.ts";

const request = { model: "m", messages: [], temperature: 1, maxTokens: 9 };
const END: Part = { type: "end", reason: "stop" };

/** A provider that says something, fails, or both, and tells when it is left. */
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

async function read(...members: Provider[]): Promise<Part[]> {
  const parts: Part[] = [];
  const { signal } = new AbortController();
  for await (const part of chain(members).stream(request, signal)) parts.push(part);
  return parts;
}

Deno.test("the first that answers is told, and no other is asked", async () => {
  const left: string[] = [];
  const parts = await read(scripted("a", "hi"), scripted("b", "ho", undefined, left));
  equal(parts, [
    { type: "source", provider: "a", simulated: false, failed: [] },
    { type: "text", text: "hi" },
    END,
  ]);
  equal(left, []);
});

for (const fault of ["busy", "down", "timeout", "broken", "account_empty"] as const) {
  Deno.test(`a provider that is ${fault} before any text gives way to the next`, async () => {
    const [source, ...rest] = await read(scripted("a", "", fault), scripted("b", "ho"));
    equal(source?.type === "source" && [source.provider, source.failed.length], ["b", 1]);
    equal(source?.type === "source" && source.failed[0]?.error.fault, fault);
    equal(rest, [{ type: "text", text: "ho" }, END]);
  });
}

for (const fault of ["refused", "filtered", "too_long", "only_thinking"] as const) {
  Deno.test(`a request that fails the same again is not asked elsewhere: ${fault}`, async () => {
    await rejects(read(scripted("a", "", fault), scripted("b", "ho")), /a failed/);
  });
}

/** A provider that gives these parts and then fails. */
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

Deno.test("who has thought has begun to answer; a claim before a failure is no beginning", async () => {
  const usage: Part = { type: "usage", usage: { input: 1, cached: 0, output: 0, reasoning: 0 } };
  await rejects(
    read(giving("a", [{ type: "thinking", bytes: 3 }], "broken"), scripted("b", "ho")),
    /a failed/,
  );
  const parts = await read(giving("a", [usage], "down"), scripted("b", "ho"));
  equal(parts.slice(1), [{ type: "text", text: "ho" }, END]);
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
  const whole = await Array.fromAsync(chain([only, only]).stream(request, signal));
  equal(whole.slice(1), [usage, END]);
});

Deno.test("the failure of the last one tells whose it is and who failed before", async () => {
  const failing = read(scripted("a", "", "account_empty"), scripted("b", "", "busy"));
  await rejects(failing, (error) => {
    if (!(error instanceof ProviderError)) return false;
    const { provider, before = [] } = error.details;
    equal([error.fault, provider], ["busy", "b"]);
    equal(before.map(({ provider, error }) => [provider, error.fault]), [["a", "account_empty"]]);
    return true;
  });
});

Deno.test("a refused request, a failure behind text and the last one's failure are the caller's", async () => {
  await rejects(read(scripted("a", "", "refused"), scripted("b", "ho")), /a failed/);
  await rejects(read(scripted("a", "hi", "down"), scripted("b", "ho")), /a failed/);
  await rejects(read(scripted("a", "", "down"), scripted("b", "", "busy")), /b failed/);
});

Deno.test("an early return leaves the one that answers", async () => {
  const left: string[] = [];
  const members = chain([scripted("a", "", "down", left), scripted("b", "ho", undefined, left)]);
  for await (const part of members.stream(request, new AbortController().signal)) {
    if (part.type === "text") break;
  }
  equal(left, ["a", "b"]);
});
