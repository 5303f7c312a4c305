import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { DEFAULT_TOOLS } from "./default_tools.ts";
import { toolSchema } from "./tool.ts";

const DOLLAR = 1_000_000_000n;
const tools = DEFAULT_TOOLS("some-model");

/** Facts from the original: id, name, icon, temperature, max tokens. */
const FACTS = [
  ["general-assistant", "General Assistant", "💬", .7, 2048],
  ["creative-writing", "Creative Writing Assistant", "✍️", .7, 2048],
  ["social-media-creator", "Social Media Content Creator", "📱", .8, 2000],
  ["email-assistant", "Email Assistant", "📧", .4, 1500],
  ["data-analyst", "Data Analyst", "📊", .3, 3000],
  ["math-tutor", "Math Tutor", "🧮", .3, 1500],
  ["recipe-helper", "Recipe Helper", "👨‍🍳", .8, 2000],
  ["code-helper", "Code Helper", "💻", .2, 3000],
  ["language-buddy", "Language Learning Buddy", "🗣️", .6, 1800],
  ["business-advisor", "Business Strategy Advisor", "📊", .4, 2500],
  ["travel-planner", "Travel Planner", "✈️", .7, 2500],
];

Deno.test("DEFAULT_TOOLS() keep the original's facts and order", () => {
  equal(
    tools.map((tool) => [
      tool.id,
      tool.name,
      tool.icon,
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
    equal([tool.model, tool.effort, tool.chain], ["some-model", null, null]);
    equal([tool.ceiling, tool.fallbackModel], [DOLLAR, null]);
    equal(tool.ladder, { downgradeFrom: 80, clamp: true });
    ok(tool.starters.length >= 3 && tool.starters.length <= 4);
    equal(new Set(tool.starters).size, tool.starters.length);
    const words = tool.systemPrompt.split(/\s+/).length;
    ok(words >= 60 && words <= 200, `${words} words`);
    ok(!/[^\n]\n[^\n]/.test(tool.systemPrompt), "a paragraph is one line");
  });
}
