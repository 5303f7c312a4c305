import { PICTURE_DETAILS } from "@/lib/llm/rules/image_tokens.ts";
import { EFFORTS } from "@/lib/llm/rules/effort.ts";
import { LANGUAGES } from "@/lib/shared/languages.ts";
import { isUnseen } from "@/lib/shared/truncate_line.ts";
import fc from "fast-check";
import { type Tool, TOOL_LIMITS, toolSchema } from "@/lib/tools/rules/tool.ts";

const text = (maxLength: number) => fc.string({ unit: "binary", maxLength });
const filled = (maxLength: number) =>
  text(maxLength).map((value) => value.trim()).filter((value) => value !== "");
const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/)
  .filter((id) => !/^(new|import|export|bin|order|preview)$/.test(id));

const localTexts = fc.record({
  name: filled(TOOL_LIMITS.name),
  description: text(TOOL_LIMITS.description).map((value) => value.trim()),
  greeting: text(TOOL_LIMITS.greeting).map((value) => value.trim()),
  starters: fc.array(filled(100), { maxLength: TOOL_LIMITS.starters }),
  group: text(TOOL_LIMITS.group).map((value) => value.trim()),
});

/** Any tool that can be stored, with any letters and bounds. */
export const anyTool: fc.Arbitrary<Tool> = fc.record({
  id,
  name: filled(TOOL_LIMITS.name).filter((name) => !isUnseen(name)),
  description: text(TOOL_LIMITS.description),
  icon: text(8),
  group: text(TOOL_LIMITS.group).map((value) => value.trim()),
  systemPrompt: text(2_000),
  model: fc.oneof(fc.constant("gpt-4o"), filled(40)),
  pictureDetail: fc.constantFrom(...PICTURE_DETAILS),
  effort: fc.constantFrom(...EFFORTS, null),
  temperature: fc.double({ min: 0, max: 2, noNaN: true }),
  maxTokens: fc.integer({ min: 1, max: TOOL_LIMITS.maxTokens }),
  active: fc.boolean(),
  order: fc.integer(),
  ceiling: fc.option(fc.bigInt({ min: 0n, max: 10n ** 20n })),
  fallbackModel: fc.option(text(40)),
  chain: fc.option(fc.array(filled(40), { maxLength: TOOL_LIMITS.chain })),
  ladder: fc.record({
    downgradeFrom: fc.option(fc.integer({ min: 1, max: 100 })),
    clamp: fc.boolean(),
  }),
  starters: fc.array(text(100), { maxLength: TOOL_LIMITS.starters }),
  keyTerms: fc.array(filled(40), { maxLength: 5 }).map((terms) => terms.map((term) => term.trim())),
  remembers: fc.boolean(),
  keepsRecordings: fc.boolean(),
  hearingModel: fc.option(text(40)),
  whatsapp: fc.record({ enabled: fc.boolean(), scope: text(200) }),
  examples: fc.array(fc.record({ question: filled(100), answer: filled(300) }), {
    maxLength: TOOL_LIMITS.examples,
  }),
  greeting: filled(TOOL_LIMITS.greeting),
  language: fc.constantFrom(...LANGUAGES),
  texts: fc.uniqueArray(fc.constantFrom(...LANGUAGES)).chain((languages) =>
    fc.record(Object.fromEntries(languages.map((language) => [language, localTexts])))
  ),
  version: fc.constant(1),
}).filter((tool) => toolSchema.safeParse(tool).success);

/** Several tools with distinct ids. */
export const anyTools: fc.Arbitrary<Tool[]> = fc.uniqueArray(anyTool, {
  minLength: 1,
  maxLength: 8,
  selector: (tool) => tool.id,
});
