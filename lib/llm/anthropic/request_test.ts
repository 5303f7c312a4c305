import { deepStrictEqual as equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { strictRefusal } from "../../../tests/simulators/anthropic_rules.ts";
import { EFFORTS } from "../rules/effort.ts";
import { CONTINUE_TEXT, type PromptMessage } from "../rules/prompt.ts";
import { messageBody } from "./request.ts";

const HEADERS = new Headers({
  authorization: "Bearer sk-test",
  "anthropic-version": "2026-10-21",
});
const MODELS = [
  "claude-haiku-4-5",
  "claude-haiku-4-5-20251001",
  "claude-haiku-5-5",
  "claude-sonnet-4-6",
  "claude-opus-4-6",
  "claude-sonnet-5",
  "claude-sonnet-5-5",
  "claude-opus-5",
  "claude-opus-5-5",
  "claude-fable-5-1",
  "claude-fable-5-2",
];

const image = (type: string) => ({ type, bytes: Uint8Array.of(137, 80, 78, 71) });
const PNG = {
  type: "image",
  source: { type: "base64", media_type: "image/png", data: "iVBORw==" },
};

function bodyOf(messages: PromptMessage[], model = "claude-haiku-5-5", more = {}) {
  const request = { model, messages, temperature: 0.5, effort: null, maxTokens: 300, ...more };
  return messageBody(request);
}

const system = (content: string): PromptMessage => ({ role: "system", content });
const user = (content: string): PromptMessage => ({ role: "user", content });
const assistant = (content: string): PromptMessage => ({ role: "assistant", content });

/** The vendor's refusal of a body; null where it is accepted. */
function refusal(body: ReturnType<typeof messageBody>): unknown {
  return strictRefusal({ path: "/v1/messages", headers: HEADERS, body: { ...body } });
}

Deno.test("messageBody() is accepted from every Claude family, for any conversation, effort and length", () => {
  const text = fc.constantFrom("", " \n", "Hello", "你好 😀", "a\n\n---\n\nb");
  const images = fc.array(fc.constantFrom("image/png", "image/webp", "image/heic").map(image), {
    maxLength: 2,
  });
  const message = fc.record({
    role: fc.constantFrom("system" as const, "user" as const, "assistant" as const),
    content: text,
    images,
  });
  const effort = fc.constantFrom(...EFFORTS, null);
  const asked = fc.record({
    model: fc.constantFrom(...MODELS),
    messages: fc.array(message, { maxLength: 8 }),
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
    effort,
    maxTokens: fc.integer({ min: 1, max: 64_000 }),
  });
  fc.assert(
    fc.property(asked, (request) => {
      const body = messageBody(request);
      equal(refusal(body), null, JSON.stringify(body));
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("the strict rules refuse what the families differ in", () => {
  const body = { ...bodyOf([user("Hi")]) };
  const why = (more: Record<string, unknown>) =>
    String(refusal({ ...body, thinking: undefined, ...more })).split(",")[2] ?? "";
  const wrong: [model: string, more: Record<string, unknown>, RegExp][] = [
    ["claude-haiku-4-5", { output_config: { effort: "low" } }, /effort parameter/],
    ["claude-haiku-4-5", { temperature: 1 }, /temperature: Extra/],
    ["claude-haiku-5-5", { thinking: { type: "between_tools" } }, /thinking\.type/],
    ["claude-sonnet-5-5", { thinking: { type: "disabled" } }, /thinking\.type/],
    ["claude-opus-5-5", { thinking: { type: "disabled" } }, /thinking\.type/],
    ["claude-fable-5-1", { output_config: { effort: "none" } }, /effort: 'none'/],
    ["claude-sonnet-5-5", { messages: [{ role: "assistant", content: "a" }] }, /first message/],
    ["claude-sonnet-5-5", { system: " " }, /non-whitespace/],
  ];
  for (const [model, more, pattern] of wrong) ok(pattern.test(why({ model, ...more })), model);
});

const NONE: [model: string, fields: Record<string, unknown>][] = [
  ["claude-haiku-4-5", {}],
  ["claude-sonnet-4-6", {}],
  ["claude-haiku-5-5", { thinking: { type: "disabled" } }],
  ["claude-opus-5", { thinking: { type: "disabled" } }],
  ["claude-sonnet-5-5", { thinking: { type: "between_tools" } }],
  ["claude-opus-5-5", { output_config: { effort: "low" } }],
  ["claude-fable-5-1", { output_config: { effort: "low" } }],
];
for (const [model, fields] of NONE) {
  Deno.test(`messageBody() lets ${model} think as little as it can with no effort`, () => {
    for (const effort of ["none", null]) {
      const { thinking, output_config } = bodyOf([user("Hi")], model, { effort });
      equal(
        { ...(thinking ? { thinking } : {}), ...(output_config ? { output_config } : {}) },
        fields,
      );
    }
  });
}

Deno.test("messageBody() asks for thinking where a model thinks only when told to", () => {
  const high = (model: string) => bodyOf([user("Hi")], model, { effort: "high" });
  equal(high("claude-opus-4-6").thinking, { type: "adaptive" });
  equal(high("claude-opus-4-6").output_config, { effort: "high" });
  equal(high("claude-haiku-5-5").thinking, undefined);
  equal(high("claude-haiku-5-5").output_config, { effort: "high" });
});

Deno.test("messageBody() has the prompt at the top level, and no temperature or cache", () => {
  const body = bodyOf([system("Be kind."), user("Hi"), assistant("Hello."), user("And?")]);
  equal(body, {
    model: "claude-haiku-5-5",
    max_tokens: 300,
    stream: true,
    system: "Be kind.",
    messages: [user("Hi"), assistant("Hello."), user("And?")],
    thinking: { type: "disabled" },
  });
});

Deno.test("messageBody() joins repeated roles, drops empty messages, and ends with a question", () => {
  const messages = [
    assistant("Before"),
    user("One"),
    user(" "),
    user("Two"),
    assistant(""),
    assistant("Three"),
  ];
  equal(bodyOf(messages).messages, [
    { role: "user", content: [{ type: "text", text: "One" }, { type: "text", text: "Two" }] },
    { role: "assistant", content: "Three" },
    { role: "user", content: CONTINUE_TEXT },
  ]);
});

Deno.test("messageBody() sends pictures before their text, in the formats that are read", () => {
  const asked = { ...user("What is it?"), images: [image("image/png"), image("image/heic")] };
  equal(bodyOf([asked]).messages, [
    { role: "user", content: [PNG, { type: "text", text: "What is it?" }] },
  ]);
  equal(bodyOf([{ ...user(""), images: [image("image/png")] }]).messages, [
    { role: "user", content: [PNG] },
  ]);
});
