import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { DEFAULT_TOOLS } from "./default_tools.ts";
import { toolSchema } from "./tool.ts";

const DOLLAR = 1_000_000_000n;
const tools = DEFAULT_TOOLS("some-model");

/** Facts from the original: id, name, icon, model, temperature, max tokens. */
const FACTS = [
  ["general-assistant", "General Assistant", "💬", "some-model", .7, 2048],
  ["creative-writing", "Creative Writing Assistant", "✍️", "gpt-4o-mini", .7, 2048],
  ["social-media-creator", "Social Media Content Creator", "📱", "gpt-4o", .8, 2000],
  ["email-assistant", "Email Assistant", "📧", "gpt-4o", .4, 1500],
  ["data-analyst", "Data Analyst", "📊", "gpt-4o", .3, 3000],
  ["math-tutor", "Math Tutor", "🧮", "gpt-4o-mini", .3, 1500],
  ["recipe-helper", "Recipe Helper", "👨‍🍳", "gpt-4o-mini", .8, 2000],
  ["code-helper", "Code Helper", "💻", "gpt-4o", .2, 3000],
  ["language-buddy", "Language Learning Buddy", "🗣️", "gpt-4o-mini", .6, 1800],
  ["business-advisor", "Business Strategy Advisor", "📊", "gpt-4o", .4, 2500],
  ["travel-planner", "Travel Planner", "✈️", "gpt-4o-mini", .7, 2500],
];

Deno.test("DEFAULT_TOOLS() keep the original's facts and order", () => {
  equal(
    tools.map((tool) => [
      tool.id,
      tool.name,
      tool.icon,
      tool.model,
      tool.temperature,
      tool.maxTokens,
    ]),
    FACTS,
  );
  equal(tools.map((tool) => tool.order), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  equal(new Set(tools.map((tool) => tool.id)).size, 11);
});

for (const tool of tools) {
  Deno.test(`${tool.id} is a valid tool, ready for use`, () => {
    equal(toolSchema.parse(tool), tool);
    ok(tool.active);
    equal(tool.group, "Everyday work");
    const large = tool.model === "gpt-4o";
    equal(tool.ceiling, large ? 2n * DOLLAR : DOLLAR);
    equal(tool.fallbackModel, large ? "gpt-4o-mini" : null);
    equal(tool.ladder, { downgradeFrom: 80, clamp: true });
    ok(tool.starters.length >= 3 && tool.starters.length <= 4);
    equal(new Set(tool.starters).size, tool.starters.length);
    const words = tool.systemPrompt.split(/\s+/).length;
    ok(words >= 60 && words <= 200, `${words} words`);
    ok(!/[^\n]\n[^\n]/.test(tool.systemPrompt), "a paragraph is one line");
  });
}

Deno.test("DEFAULT_TOOLS() limit the general assistant's tokens to its model's", () => {
  const [general] = DEFAULT_TOOLS("gpt-4o");
  equal([general?.ceiling, general?.fallbackModel], [2n * DOLLAR, "gpt-4o-mini"]);
});
