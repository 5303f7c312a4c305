import { deepStrictEqual as equal, ok, throws } from "node:assert/strict";
import { AppError } from "../platform/errors.ts";
import { createProviders, type ProvidersConfig } from "./registry.ts";

const priceOf = () => ({ input: 1n, cachedInput: 1n, output: 1n });
const openai = { apiKey: "k", baseUrl: "http://127.0.0.1:9/v1" };

Deno.test("one name is that provider, several are a chain of them", () => {
  const one = createProviders({ names: ["mock"], priceOf });
  equal([one.provider.name, one.provider.simulated, one.members.length], ["mock", true, 1]);
  const both = createProviders({ names: ["openai", "mock"], priceOf, openai });
  equal([both.provider.name, both.provider.simulated], ["openai,mock", false]);
  equal(both.members.map((member) => member.name), ["openai", "mock"]);
});

const refused: [config: Omit<ProvidersConfig, "priceOf">, message: RegExp][] = [
  [{ names: [] }, /No provider/],
  [{ names: ["mock", "mock"] }, /twice/],
  [{ names: ["openai"] }, /^Cannot use the provider "openai": /],
  [{ names: ["anthropic"] }, /^Cannot use the provider "anthropic": /],
];
for (const [config, message] of refused) {
  Deno.test(`providers ${JSON.stringify(config.names)} are refused`, () => {
    throws(() => createProviders({ ...config, priceOf }), (error) => {
      ok(error instanceof AppError && error.kind === "invalid");
      return message.test(error.message);
    });
  });
}

Deno.test("a chain falls to the simulated provider when no server listens", async () => {
  const { provider } = createProviders({
    names: ["openai", "mock"],
    priceOf,
    openai,
    mock: { paceMs: 0, firstMs: 0 },
  });
  const messages = [{ role: "user" as const, content: "Hello" }];
  const request = { model: "gpt-4o-mini", messages, temperature: 1, maxTokens: 300 };
  const asked: unknown[] = [];
  for await (const part of provider.stream(request, new AbortController().signal)) {
    if (part.type !== "attempt") continue;
    const { attempt, failed } = part;
    asked.push([attempt.provider, attempt.simulated, failed?.provider, failed?.error.fault]);
  }
  equal(asked, [["openai", false, undefined, undefined], ["mock", true, "openai", "down"]]);
});
