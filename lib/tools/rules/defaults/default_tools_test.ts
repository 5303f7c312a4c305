import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { openCatalogue } from "../../../llm/catalogue.ts";
import { worstCase } from "../../../llm/rules/prices.ts";
import { promptTokenBound } from "../../../llm/tokens.ts";
import { LANGUAGES } from "../../../shared/languages.ts";
import { DEFAULT_TOOLS } from "./default_tools.ts";
import { systemPromptOf, type Tool, toolSchema } from "../tool.ts";

const DOLLAR = 1_000_000_000n;
const tools = DEFAULT_TOOLS("some-model");
const factsOf = ({ id, name, icon, temperature, maxTokens }: Tool) => [
  id,
  name,
  icon,
  temperature,
  maxTokens,
];

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

const TRANSLATION = [
  "back-translation-checker",
  "storying-coach",
  "oral-draft-reviewer",
  "key-terms",
  "exegesis-helper",
  "consultant-questions",
  "scripture-engagement",
];

Deno.test("DEFAULT_TOOLS() begin with Bible translation and keep the original's facts and order", () => {
  const inGroup = (name: string) => tools.filter(({ group }) => group === name);
  equal(inGroup("Bible translation").map(({ id }) => id), [...TRANSLATION, "general-assistant"]);
  equal(inGroup("Everyday work").length, 10);
  equal(tools.slice(TRANSLATION.length).map(factsOf), FACTS);
  equal(tools.map(({ order }) => order), tools.map((_, i) => i));
  equal(new Set(tools.map(({ id }) => id)).size, 18);
});

for (const tool of tools) {
  Deno.test(`${tool.id} is a valid tool, ready for use`, () => {
    equal(toolSchema.parse(tool), tool);
    ok(tool.active);
    equal([tool.model, tool.effort, tool.chain], ["some-model", null, null]);
    equal([tool.ceiling, tool.fallbackModel], [DOLLAR, null]);
    equal(tool.ladder, { downgradeFrom: 80, clamp: true });
    ok(tool.starters.length >= 3 && tool.starters.length <= 4);
    equal(new Set(tool.starters).size, tool.starters.length);
    ok(tool.description.length <= 80, tool.description);
    const words = tool.systemPrompt.split(/\s+/).length;
    ok(words >= 60 && words <= (TRANSLATION.includes(tool.id) ? 450 : 200), `${words} words`);
    const english = [tool.name, tool.description, tool.greeting, ...tool.starters];
    for (const language of LANGUAGES.filter((each) => each !== "en")) {
      const texts = tool.texts[language];
      ok(texts && texts.starters.length >= 2, language);
      ok(texts.name !== "" && texts.description !== "" && texts.group !== "", language);
      equal(texts.greeting === "", tool.greeting === "", language);
      for (const text of [texts.description, ...texts.starters]) {
        ok(!english.includes(text) && text.length <= 90, `${language}: ${text}`);
      }
    }
    ok(!/[^\n]\n(?!\d\. |- )[^\n]/.test(tool.systemPrompt), "a paragraph is one line");
  });
}

Deno.test("the tools for Bible translation invent nothing, know their limits and leave decisions", () => {
  for (const { id, systemPrompt } of tools.slice(0, TRANSLATION.length)) {
    for (const rule of [/Never invent a verse/, /badly or not at all: say so/, /consultant/]) {
      ok(rule.test(systemPrompt), `${id} ${rule}`);
    }
  }
});

Deno.test("a person's tenth of a default tool's day pays for a first message's worst case", () => {
  const catalogue = openCatalogue();
  const models = [["openai", "gpt-6-luna"], ["anthropic", "claude-haiku-5-5"]] as const;
  for (const [provider, model] of models) {
    const { price } = catalogue.entry({ provider, model });
    ok(price, model);
    for (const tool of DEFAULT_TOOLS(model)) {
      const bound = promptTokenBound([
        { role: "system", content: systemPromptOf(tool) },
        { role: "user", content: "x".repeat(2_000) },
      ]);
      const most = worstCase(bound, tool.maxTokens, price);
      ok(most * 10n <= (tool.ceiling ?? 0n), `${tool.id} of ${model}: ${most}`);
    }
  }
});
