import { deepStrictEqual as equal, ok, rejects, throws } from "node:assert/strict";
import { AppError } from "../platform/errors.ts";
import { readConfig } from "../config.ts";
import { HttpClient } from "../platform/http_client.ts";
import type { Provider } from "./provider.ts";
import { Breakers } from "./breaker.ts";
import { createProviders } from "./registry.ts";

const priceOf = () => ({ input: 1n, cachedInput: 1n, output: 1n });
const env = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: "http://127.0.0.1:9/v1", MOCK_PACE_MS: "0" };
const create = (names: string[], settings: Record<string, string> = {}) => {
  const config = readConfig(settings);
  return createProviders({
    names,
    config,
    http: new HttpClient(),
    priceOf,
    breakers: new Breakers(() => 0),
  });
};

Deno.test("createProviders() makes one provider of one name, and a chain of several", () => {
  const one = create(["mock"]);
  equal([one.provider.name, one.provider.simulated, one.members.length], ["mock", true, 1]);
  const both = create(["openai", "mock"], env);
  equal([both.provider.name, both.provider.simulated], ["openai,mock", false]);
  equal(both.members.map((member) => member.name), ["openai", "mock"]);
});

Deno.test("createProviders() makes available what is set up besides, by its name only", async () => {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { model } = await request.json();
    const told = `${new URL(request.url).pathname} ${model} ${
      request.headers.get("authorization")
    }`;
    return Response.json({ choices: [{ message: { content: told }, finish_reason: "stop" }] });
  });
  const address = `127.0.0.1:${server.addr.port}`;
  const { provider, members, others } = create(["mock"], {
    MOCK_PACE_MS: "0",
    LLM_COMPATIBLE: `ollama=http://${address},lab=http://${address}/x/v1`,
    LLM_KEY_LAB: "lab-key",
  });
  const names = (all: readonly Provider[]) => all.map(({ name, own }) => `${name} ${own ?? false}`);
  equal([names(members), names(others)], [["mock false"], ["ollama true", "lab true"]]);
  const asked = async (name?: string) => {
    const request = {
      provider: name,
      model: "llama3.2",
      messages: [],
      temperature: 1,
      effort: null,
      maxTokens: 9,
    };
    const texts = [];
    for await (const part of provider.stream(request, new AbortController().signal)) {
      if (part.type === "attempt") texts.push(part.attempt.provider);
      if (part.type === "text") texts.push(part.text);
    }
    return texts;
  };
  equal(await asked("ollama"), ["ollama", "/v1/chat/completions llama3.2 null"]);
  equal(await asked("lab"), ["lab", "/x/v1/chat/completions llama3.2 Bearer lab-key"]);
  equal((await asked())[0], "mock");
  await server.shutdown();
});

Deno.test("createProviders() asks nobody else when a provider outside of the order fails", async () => {
  const { provider } = create(["mock"], { LLM_COMPATIBLE: "down=http://127.0.0.1:9" });
  const request = {
    provider: "down",
    model: "m",
    messages: [],
    temperature: 1,
    effort: null,
    maxTokens: 9,
  };
  const attempts: string[] = [];
  await rejects(async () => {
    for await (const part of provider.stream(request, new AbortController().signal)) {
      if (part.type === "attempt") attempts.push(part.attempt.provider);
    }
  }, /^ProviderError: No connection to down/);
  equal(attempts, ["down"]);
});

const refused: [names: string[], message: RegExp][] = [
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
  const ollama = { ...env, LLM_COMPATIBLE: "ollama=http://localhost:11434" };
  equal(create(["ollama"], ollama).transcriber, null, "sound does not leave the own server");
  equal(
    create(["groq"], { ...env, LLM_COMPATIBLE: "groq=https://g.example" }).transcriber?.name,
    "openai",
  );
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
