import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { type OpenAiBodies, startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";
import { refusal, startStrictOpenAi, strictRefusal } from "@/tests/simulators/openai_strict.ts";
import type { ModelRequest } from "../provider.ts";
import { EFFORTS } from "../rules/effort.ts";
import { openCatalogue } from "../catalogue.ts";
import { openAi } from "./openai.ts";
import { chatBody, OPENAI_URL } from "./request.ts";

const REPLY = 'data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}\n\n' +
  'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

/** One or more of each family in OpenAI's list, dated names and fine-tuned models included. */
const MODELS = (
  "gpt-6-luna gpt-6-sol gpt-6.1-sol gpt-6.1-terra gpt-6-astra gpt-5.6-luna gpt-5.6-terra " +
  "gpt-5.6-sol gpt-5.5 gpt-5.5-2026-04-23 gpt-5.4 gpt-5.4-mini gpt-5.4-nano-2026-03-17 gpt-5.2 " +
  "gpt-5.3-chat-latest gpt-5.1 gpt-5.1-mini gpt-5.1-2025-11-13 gpt-5.1-chat-latest gpt-5 " +
  "gpt-5-mini gpt-5-nano-2025-08-07 gpt-5-chat-latest gpt-4o gpt-4o-mini gpt-4o-2024-11-20 " +
  "chatgpt-4o-latest gpt-4.1 gpt-4.1-mini gpt-4.1-nano-2025-04-14 gpt-4-turbo gpt-4 " +
  "gpt-3.5-turbo o1 o1-mini o1-preview o3 o3-mini o3-2025-04-16 o4-mini-2025-04-16"
).split(" ");

const messages: ModelRequest["messages"] = [
  { role: "system", content: "Be kind." },
  { role: "user", content: "Hi" },
];

function askerOf(server: OpenAiBodies) {
  const provider = openAi({ apiKey: "k", baseUrl: server.url });
  return async (request: Partial<ModelRequest>) => {
    const asked = {
      model: "",
      messages,
      temperature: 0.3,
      effort: null,
      maxTokens: 50,
      ...request,
    };
    let said = "";
    for await (const part of provider.stream(asked, new AbortController().signal)) {
      if (part.type === "text") said += part.text;
    }
    return said;
  };
}

Deno.test("openAi() sends a first request that each family of models takes, at any effort", async () => {
  for (const model of MODELS) {
    for (const effort of [null, ...EFFORTS]) {
      await using server = startStrictOpenAi(REPLY);
      equal(await askerOf(server)({ model, effort }), "Hi", model);
      const refusals = server.requests.map(({ body }) => strictRefusal(body));
      equal(refusals, [null], `${model} at ${effort}`);
      const sent = server.requests[0]?.body.reasoning_effort;
      if (sent !== undefined && effort === null) {
        ok(/none|minimal|low/.test(String(sent)), `${model} thinks at ${sent} unasked`);
      }
    }
  }
});

Deno.test("chatBody() is one that OpenAI takes, for each model in the catalogue and any tool", () => {
  const catalogue = openCatalogue({ now: () => Date.parse("2026-11-28") });
  const names = catalogue.pricedModels("openai").map(({ model }) => model);
  ok(names.length >= 20 && names.includes("gpt-6-luna"), names.join(" "));
  for (const model of names) {
    for (const effort of [null, ...EFFORTS]) {
      for (const temperature of [0, 0.7, 1, 2]) {
        const request = { model, messages, temperature, effort, maxTokens: 50 };
        const body: Record<string, unknown> = { ...chatBody(request, OPENAI_URL) };
        equal(strictRefusal(body), null, `${model} at ${effort} and ${temperature}`);
      }
    }
  }
});

Deno.test("openAi() sends the least effort that a model takes, learned from its refusal", async () => {
  await using server = startOpenAiBodies(({ body }) => {
    // A model that the facts take for one that can do without thinking.
    const refused = strictRefusal({ ...body, model: "gpt-6-astra" });
    return refused === null ? { body: REPLY } : refusal(...refused);
  });
  const ask = askerOf(server);
  equal(await ask({ model: "gpt-6.4-luna" }), "Hi");
  equal(await ask({ model: "gpt-6.4-luna" }), "Hi");
  const sent = server.requests.map(({ body }) => [body.reasoning_effort, body.temperature]);
  equal(sent, [["none", 0.3], ["low", undefined], ["low", undefined]]);
});

Deno.test("strictRefusal() refuses what OpenAI does", () => {
  const usual = { messages, stream: true, stream_options: { include_usage: true } };
  const param = (body: Record<string, unknown>) => strictRefusal({ ...usual, ...body })?.[1];
  equal(param({ model: "gpt-6-luna", temperature: 0.3 }), "temperature");
  equal(param({ model: "gpt-6-luna", temperature: 0.3, reasoning_effort: "none" }), undefined);
  equal(param({ model: "gpt-6-luna", temperature: 0.3, reasoning_effort: "low" }), "temperature");
  equal(param({ model: "gpt-6-astra", reasoning_effort: "none" }), "reasoning_effort");
  equal(param({ model: "gpt-5-mini", reasoning_effort: "none" }), "reasoning_effort");
  equal(param({ model: "o3", max_tokens: 9 }), "max_tokens");
  equal(param({ model: "o1-mini" }), "messages[0].role");
  equal(param({ model: "gpt-4o", reasoning_effort: "low" }), null);
  equal(param({ model: "gpt-7" }), "model");
});
