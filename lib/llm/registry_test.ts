import { deepStrictEqual as equal, ok, throws } from "node:assert/strict";
import { AppError } from "../platform/errors.ts";
import { createProviders, type ProvidersConfig } from "./registry.ts";

const openai = { apiKey: "k", baseUrl: "http://127.0.0.1:9/v1" };

Deno.test("one name is that provider, several are a chain of them", () => {
  const one = createProviders({ names: ["mock"] });
  equal([one.provider.name, one.provider.simulated, one.members.length], ["mock", true, 1]);
  const both = createProviders({ names: ["openai", "mock"], openai });
  equal([both.provider.name, both.provider.simulated], ["openai,mock", false]);
  equal(both.members.map((member) => member.name), ["openai", "mock"]);
});

const refused: [config: ProvidersConfig, message: RegExp][] = [
  [{ names: [] }, /^provider\.none$/],
  [{ names: ["mock", "mock"] }, /^provider\.twice$/],
  [{ names: ["openai"] }, /^provider\.lacks {"provider":"openai",/],
  [{ names: ["anthropic"] }, /^provider\.lacks {"provider":"anthropic",/],
];
for (const [config, message] of refused) {
  Deno.test(`providers ${JSON.stringify(config.names)} are refused`, () => {
    throws(() => createProviders(config), (error) => {
      ok(error instanceof AppError && error.kind === "invalid");
      return message.test(error.message);
    });
  });
}

Deno.test("a chain falls to the simulated provider when no server listens", async () => {
  const { provider } = createProviders({
    names: ["openai", "mock"],
    openai,
    mock: { paceMs: 0, firstMs: 0 },
  });
  const messages = [{ role: "user" as const, content: "Hello" }];
  const request = { model: "gpt-4o-mini", messages, temperature: 1, maxTokens: 300 };
  for await (const part of provider.stream(request, new AbortController().signal)) {
    if (part.type !== "source") continue;
    equal([part.provider, part.simulated], ["mock", true]);
    equal(part.failed.map(({ provider, error }) => [provider, error.fault]), [["openai", "down"]]);
  }
});
