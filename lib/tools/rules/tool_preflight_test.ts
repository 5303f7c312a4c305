import { assert, assertEquals } from "@/tests/support/assert.ts";
import { DEFAULT_TOOLS } from "./defaults/default_tools.ts";
import type { Tool } from "./tool.ts";
import { preflight, type PreflightContext, typicalCost } from "./tool_preflight.ts";

const [tool] = DEFAULT_TOOLS("gpt-4o-mini");
assert.ok(tool);

/** Dollars per million tokens. */
const price = (input: number, output: number) => ({
  input: BigInt(input * 1e9),
  cachedInput: BigInt(input * 1e9),
  output: BigInt(output * 1e9),
});
const PRICES = new Map([
  ["gone", price(1, 2)],
  ["soon", price(0.1, 0.5)],
  ["gpt-4o-mini", price(0.15, 0.6)],
  ["gpt-4o", price(2.5, 10)],
]);

const ENDS = new Map([
  ["gone", { endsOn: "2026-11-27", daysLeft: -1, replacement: "gpt-6-luna" }],
  ["soon", { endsOn: "2027-01-14", daysLeft: 47, replacement: null }],
]);

const around: PreflightContext = {
  others: [{ id: "other", name: "General  ASSISTANT" }, { id: tool.id, name: tool.name }],
  priceOf: (model) => PRICES.get(model) ?? null,
  endOf: (model) => ENDS.get(model) ?? null,
  deafness: (model) =>
    model === "gpt-audio" || model === "gone" ? null : model === "voxtral" ? "unpriced" : "deaf",
  tokens: (text) => Math.ceil(text.length / 4),
  bound: (text) => text.length + 500,
};

function found(over: Partial<Tool>): string[] {
  const named = { ...tool, name: "Of its own", ...over };
  return preflight(toolOf(named), around).map(({ level, field }) => `${level} ${field}`);
}

function toolOf(value: Partial<Tool>): Tool {
  return { ...DEFAULT_TOOLS("gpt-4o-mini")[0] ?? assert.fail(), ...value };
}

Deno.test("preflight() finds no fault in the default tools", () => {
  const tools = DEFAULT_TOOLS("gpt-4o-mini");
  for (const each of tools) {
    assertEquals(preflight(each, { ...around, others: tools }), [], each.id);
  }
});

Deno.test("preflight() reports errors of an unusable tool", () => {
  assertEquals(found({ systemPrompt: " \n" }), ["error systemPrompt"]);
  assertEquals(found({ model: "no-such" }), ["error model"]);
  assertEquals(found({ fallbackModel: "no-such" }), ["error fallbackModel"]);
  assertEquals(found({ hearingModel: "gpt-4o" }), ["error hearingModel"]);
  assertEquals(found({ hearingModel: "voxtral" }), ["error hearingModel"]);
  assertEquals(found({ hearingModel: "gone" }), ["error hearingModel"]);
  assertEquals(found({ hearingModel: "gpt-audio" }), []);
  assertEquals(found({ ceiling: 0n }), ["error ceiling"]);
  assertEquals(found({ ceiling: 1_000_000n, ladder: { downgradeFrom: 80, clamp: false } }), [
    "error ceiling",
  ]);
  const long = { question: "q".repeat(400), answer: "a".repeat(1_200) };
  assertEquals(
    found({ systemPrompt: "p".repeat(20_000), examples: Array.from({ length: 6 }, () => long) }),
    ["error systemPrompt"],
  );
});

Deno.test("preflight() warns about settings that may be intended", () => {
  assertEquals(found({ name: "general assistant " }), ["warning name"]);
  assertEquals(found({ systemPrompt: "p".repeat(12_000) }), ["warning systemPrompt"]);
  assertEquals(found({ ceiling: null }), ["warning ceiling"]);
  assertEquals(found({ ceiling: 1_000_000n }), ["warning ceiling"]);
  assertEquals(found({ fallbackModel: "gpt-4o" }), ["warning fallbackModel"]);
  assertEquals(found({ fallbackModel: "gpt-4o-mini" }), ["warning fallbackModel"]);
  assertEquals(found({ temperature: 1.5 }), ["warning temperature"]);
  assertEquals(found({ description: " " }), ["warning description"]);
  assertEquals(found({ whatsapp: { enabled: true, scope: " " } }), ["warning whatsappScope"]);
  assertEquals(found({ whatsapp: { enabled: true, scope: "Sums" } }), []);
});

Deno.test("typicalCost() is the cost of a message and the prompt's share", () => {
  const { usd, promptTokens, promptShare } = typicalCost(
    toolOf({ systemPrompt: "p".repeat(4_000), maxTokens: 2_000 }),
    price(2.5, 10),
    around.tokens,
  );
  assertEquals(promptTokens, 1_000);
  assertEquals(usd, 1_060n * 2_500n + 300n * 10_000n);
  assertEquals(promptShare, 44);
});

Deno.test("preflight() warns of models in a chain that are never asked", () => {
  assertEquals(found({ chain: ["gpt-4o"] }), found({}));
  assertEquals(found({ chain: ["gpt-9"] }), [...found({}), "warning chain"]);
  assertEquals(found({ chain: ["gone"] }), [...found({}), "warning chain"]);
});

Deno.test("preflight() refuses an ended model and warns of one that ends", () => {
  assertEquals(found({ model: "gone" }), ["error model"]);
  assertEquals(found({ model: "soon" }), ["warning model"]);
  assertEquals(found({ fallbackModel: "gone" }), ["warning fallbackModel", "error fallbackModel"]);
  const [end] = preflight(toolOf({ model: "gone" }), { ...around, others: [] });
  assertEquals(
    end?.text,
    "gone ended on 27 November 2026. Choose another model, such as gpt-6-luna.",
  );
});
