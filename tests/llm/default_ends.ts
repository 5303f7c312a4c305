import { readConfig } from "@/lib/config.ts";
import { openCatalogue } from "@/lib/llm/catalogue.ts";
import { MODEL_ENDS } from "@/lib/llm/rules/model_list.ts";
import { DEFAULT_TOOLS } from "@/lib/tools/rules/defaults/default_tools.ts";
import { modelNamesOf } from "@/lib/tools/rules/tool_models.ts";
import { TOOL_TEMPLATES } from "@/lib/tools/rules/defaults/tool_templates.ts";

/** Says which defaults and replacements end within 60 days, or have no price; then exits with 1. */
const DAYS = 60;
const openai = readConfig({});
const anthropic = readConfig({ ANTHROPIC_API_KEY: "sk" });
const catalogue = openCatalogue();
const names = new Set([
  openai.LLM_DEFAULT_MODEL,
  openai.LLM_TRANSCRIPTION_MODEL,
  ...DEFAULT_TOOLS(openai.LLM_DEFAULT_MODEL).flatMap(modelNamesOf),
  ...TOOL_TEMPLATES.flatMap(({ content }) => modelNamesOf(content)),
  ...MODEL_ENDS.filter(({ provider }) => provider === "openai").map((end) => end.replacement),
]);
const refs = [
  ...[...names].map((model) => ({ provider: "openai", model })),
  ...new Set([
    anthropic.LLM_DEFAULT_MODEL,
    ...MODEL_ENDS.filter(({ provider }) => provider === "anthropic").map((end) => end.replacement),
  ]).values().map((model) => ({ provider: "anthropic", model })),
];
const until = new Date(Date.now() + DAYS * 24 * 60 * 60_000).toISOString().slice(0, 10);
const faults = refs.flatMap((ref) => {
  const { endsOn, price, minute } = catalogue.entry(ref);
  if (endsOn !== null && endsOn <= until) return [`${ref.model} ends on ${endsOn}`];
  return price === null && minute === null ? [`${ref.model} has no price`] : [];
});
const about = `${refs.length} defaults and replacements of models; none may end before ${until}`;
// deno-lint-ignore no-console -- a program for the terminal
for (const line of [about, ...faults]) console.log(line);
Deno.exit(faults.length > 0 ? 1 : 0);
