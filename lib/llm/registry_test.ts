import { deepStrictEqual as equal, ok, throws } from "node:assert/strict";
import { AppError } from "../platform/errors.ts";
import { readConfig } from "../config.ts";
import { HttpClient } from "../platform/http_client.ts";
import type { ProviderName } from "../config/models.ts";
import { createProviders } from "./registry.ts";

const priceOf = () => ({ input: 1n, cachedInput: 1n, output: 1n });
const env = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: "http://127.0.0.1:9/v1", MOCK_PACE_MS: "0" };
const create = (names: ProviderName[], settings: Record<string, string> = {}) => {
  const config = readConfig(settings);
  return createProviders({ names, config, http: new HttpClient(), priceOf });
};

Deno.test("createProviders() makes one provider of one name, and a chain of several", () => {
  const one = create(["mock"]);
  equal([one.provider.name, one.provider.simulated, one.members.length], ["mock", true, 1]);
  const both = create(["openai", "mock"], env);
  equal([both.provider.name, both.provider.simulated], ["openai,mock", false]);
  equal(both.members.map((member) => member.name), ["openai", "mock"]);
});

const refused: [names: ProviderName[], message: RegExp][] = [
  [[], /^provider\.none$/],
  [["mock", "mock"], /^provider\.twice$/],
  [["openai"], /^provider\.lacks {"provider":"openai",/],
  [["anthropic"], /^provider\.lacks {"provider":"anthropic",/],
];
for (const [names, message] of refused) {
  Deno.test(`createProviders() refuses ${JSON.stringify(names)}`, () => {
    throws(() => create(names), (error) => {
      ok(error instanceof AppError && error.kind === "invalid");
      return message.test(error.message);
    });
  });
}

Deno.test("createProviders() takes the transcriber of the first provider that is not simulated", () => {
  equal(create(["mock", "openai"], env).transcriber?.name, "openai");
  equal(create(["mock"], env).transcriber?.name, "mock");
});

Deno.test("createProviders() chains to the simulated provider when no server listens", async () => {
  const { provider } = create(["openai", "mock"], env);
  const messages = [{ role: "user" as const, content: "Hello" }];
  const request = { model: "gpt-4o-mini", messages, temperature: 1, effort: null, maxTokens: 300 };
  const asked: unknown[] = [];
  for await (const part of provider.stream(request, new AbortController().signal)) {
    if (part.type !== "attempt") continue;
    const { attempt, failed } = part;
    asked.push([attempt.provider, attempt.simulated, failed?.provider, failed?.error.fault]);
  }
  equal(asked, [["openai", false, undefined, undefined], ["mock", true, "openai", "down"]]);
});
