import { deepStrictEqual as equal } from "node:assert/strict";
import { parseModelRef } from "./model_ref.ts";

const PROVIDERS = ["openai", "anthropic", "mock"];

Deno.test("parseModelRef() reads bare stored names as models of the first provider", () => {
  for (const model of ["gpt-4o-mini", "gpt-oss:20b", "ft:gpt-4o:acme::1", "openai/gpt-4o", ""]) {
    equal(parseModelRef(model, PROVIDERS), { provider: "openai", model });
  }
});

Deno.test("parseModelRef() reads a known provider before the first colon", () => {
  equal(parseModelRef("anthropic:claude-sonnet-4-5", PROVIDERS), {
    provider: "anthropic",
    model: "claude-sonnet-4-5",
  });
  equal(parseModelRef("mock:gpt-oss:20b", PROVIDERS), { provider: "mock", model: "gpt-oss:20b" });
});
