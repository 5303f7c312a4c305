import fc from "fast-check";
import type { PromptImage } from "@/lib/llm/rules/prompt.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { PICTURES } from "@/tests/support/pictures.ts";
import { MESSAGE_LIMITS } from "./client_messages.ts";
import { completionPrompt } from "./completion_prompt.ts";
import { parseCompletion } from "./completion_request.ts";

const ASKED = { model: "t", messages: [{ role: "user", content: "Hi" }] };
const TOOL = { systemPrompt: "You are a tool.", examples: [] };

function refused(body: unknown): string {
  try {
    parseCompletion(body);
    return "taken";
  } catch (error) {
    assert.ok(error instanceof AppError && error.kind === "invalid", String(error));
    return `${error.told.code} ${error.field}`;
  }
}

Deno.test("parseCompletion() takes OpenAI's forms and ignores what is harmless", () => {
  const parsed = parseCompletion({
    ...ASKED,
    max_tokens: 5,
    max_completion_tokens: 7,
    stop: "END",
    n: 1,
    tools: [],
    functions: null,
    logprobs: false,
    response_format: { type: "text" },
    modalities: ["text"],
    top_p: 0.5,
    seed: 3,
    reasoning_effort: "high",
    something: { new: true },
  });
  assertEquals(parsed, {
    model: "t",
    messages: [{ role: "user", text: "Hi", images: [] }],
    stream: false,
    includeUsage: false,
    maxTokens: 7,
    temperature: null,
    stop: ["END"],
  });
});

Deno.test("parseCompletion() names the parameter that it does not take", () => {
  const message = (given: object) => refused({ ...ASKED, messages: [ASKED.messages[0], given] });
  assertEquals(refused(null), "api.invalid body");
  assertEquals(refused([]), "api.invalid body");
  assertEquals(refused({ ...ASKED, model: 3 }), "api.invalid model");
  assertEquals(refused({ ...ASKED, stream: "yes" }), "api.invalid stream");
  assertEquals(refused({ ...ASKED, stream_options: [] }), "api.invalid stream_options");
  assertEquals(refused({ ...ASKED, max_tokens: 1.5 }), "api.invalid max_tokens");
  assertEquals(refused({ ...ASKED, stop: [""] }), "api.invalid stop");
  assertEquals(refused({ model: "t", messages: "Hi" }), "api.invalid messages");
  assertEquals(
    refused({ model: "t", messages: [{ role: "system", content: "x" }] }),
    "api.invalid messages",
  );
  for (const role of ["tool", "constructor", "toString", ["user"], null]) {
    assertEquals(message({ role, content: "x" }), "api.invalid messages[1].role");
  }
  assertEquals(message({ role: "user" }), "api.invalid messages[1].content");
  assertEquals(
    message({ role: "assistant", tool_calls: [{}] }),
    "api.unsupported messages[1].tool_calls",
  );
  assertEquals(
    message({ role: "user", content: [{ type: "input_audio", input_audio: {} }] }),
    "api.content_unsupported messages[1].content[0]",
  );
  const image = (url: string) =>
    message({ role: "user", content: [{ type: "image_url", image_url: { url } }] });
  const place = "messages[1].content[0].image_url";
  assertEquals(image("https://example.org/a.png"), `api.picture_address ${place}`);
  assertEquals(image("data:image/png;base64,AAAA"), `api.invalid ${place}`);
  assertEquals(image("data:text/html;base64,AAAA"), `api.invalid ${place}`);
  const many = Array.from({ length: MESSAGE_LIMITS.messages + 1 }, () => ASKED.messages[0]);
  assertEquals(refused({ ...ASKED, messages: many }), "api.messages_too_many messages");
});

Deno.test("parseCompletion() reads pictures from data: URLs by their bytes", () => {
  const bytes = PICTURES.png;
  const url = `data:image/jpeg;base64,${bytes.toBase64()}`;
  const content = [{ type: "text", text: "What is it?" }, {
    type: "image_url",
    image_url: { url },
  }];
  const [message] = parseCompletion({ ...ASKED, messages: [{ role: "user", content }] }).messages;
  assertEquals(message?.text, "What is it?");
  assertEquals(message?.images, [{ type: "image/png", bytes, width: 3, height: 2 }]);
  const messages = Array.from(
    { length: MESSAGE_LIMITS.pictures },
    () => ({ role: "user", content }),
  );
  assertEquals(refused({ ...ASKED, messages }), "taken");
  assertEquals(
    refused({ ...ASKED, messages: [...messages, ...messages] }),
    "api.pictures_too_many messages",
  );
});

Deno.test("parseCompletion() throws nothing but AppError for any JSON", () => {
  const keys = ["model", "messages", "stream", "stop", "n", "tools", "max_tokens", "temperature"];
  const any = fc.jsonValue({ maxDepth: 4 });
  const message = fc.record({ role: fc.constantFrom("user", "system", "x"), content: any }, {
    requiredKeys: [],
  });
  const body = fc.oneof(
    any,
    fc.dictionary(fc.constantFrom(...keys), fc.oneof(any, fc.array(message))),
  );
  fc.assert(fc.property(body, (given) => void refused(given)), { numRuns: 2_000 });
});

Deno.test("completionPrompt() has the tool's prompt first, the client's instructions after it, and alternating roles", () => {
  const role = fc.constantFrom("system" as const, "user" as const, "assistant" as const);
  const message = fc.record({
    role,
    text: fc.constantFrom("", "a", "b\ud800"),
    images: fc.constant<PromptImage[]>([]),
  });
  fc.assert(fc.property(fc.array(message), (messages) => {
    const prompt = completionPrompt(TOOL, messages);
    const [system, ...said] = prompt;
    assertEquals(system?.role, "system");
    assert.ok(system?.content.startsWith(TOOL.systemPrompt));
    assertEquals(said.every(({ role }, i) => role === (i % 2 === 0 ? "user" : "assistant")), true);
    assert.ok(prompt.every(({ content }) => content.isWellFormed()));
  }));
  const prompt = completionPrompt(TOOL, [
    { role: "assistant", text: "Welcome!", images: [] },
    { role: "user", text: "One", images: [] },
    { role: "system", text: "Be brief.", images: [] },
    { role: "user", text: "Two", images: [] },
  ]);
  assertEquals(prompt, [
    { role: "system", content: "You are a tool.\n\nBe brief." },
    { role: "user", content: "One\n\nTwo" },
  ]);
});
