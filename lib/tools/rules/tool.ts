import { z } from "zod";
import { EFFORTS } from "../../llm/rules/effort.ts";
import { PICTURE_DETAILS } from "../../llm/rules/image_tokens.ts";
import type { Takes } from "../../locales/errors/codes.ts";
import { type Language, LANGUAGES, languageSchema } from "../../shared/languages.ts";

/** Limits of an admin's settings. */
export const TOOL_LIMITS = {
  id: 64,
  name: 80,
  description: 300,
  systemPrompt: 20_000,
  maxTokens: 8_192,
  starters: 6,
  starter: 200,
  keyTerms: 60,
  keyTerm: 60,
  group: 40,
  greeting: 120,
  scope: 500,
  examples: 6,
  chain: 4,
  question: 400,
  answer: 1_200,
  /** UTF-16 units of all texts together, so that a tool fits into one record. */
  texts: 28_000,
} as const;

/** Error code of the format. */
const TOOL_ID: Takes = "toolId";
export const toolId = z.string(TOOL_ID).regex(/^[a-z0-9][a-z0-9-]{0,63}$/, TOOL_ID);

/** Degradation policy of a tool; `downgradeFrom` is a percentage of its daily ceiling. */
const degradationSchema = z.object({
  downgradeFrom: z.number().int().min(1).max(100).nullable(),
  clamp: z.boolean(),
});

/** Purpose of the tool on WhatsApp, where general assistants are not allowed. */
const whatsappSchema = z.object({
  enabled: z.boolean(),
  scope: z.string().max(TOOL_LIMITS.scope),
});

/** An example question with its answer, part of the prompt. */
const exampleSchema = z.object({
  question: z.string().trim().min(1).max(TOOL_LIMITS.question),
  answer: z.string().trim().min(1).max(TOOL_LIMITS.answer),
});

/** What people read of a tool, in a further language; an empty field is shown in the tool's own. */
const localTextsSchema = z.object({
  name: z.string().trim().max(TOOL_LIMITS.name).default(""),
  description: z.string().trim().max(TOOL_LIMITS.description).default(""),
  greeting: z.string().trim().max(TOOL_LIMITS.greeting).default(""),
  starters: z.array(z.string().max(TOOL_LIMITS.starter)).max(TOOL_LIMITS.starters).default([]),
  group: z.string().trim().max(TOOL_LIMITS.group).default(""),
});
export type LocalTexts = z.output<typeof localTextsSchema>;

/** A tool as stored: an assistant with a name, a prompt, a model and a daily ceiling. */
export const toolSchema = z.object({
  id: toolId,
  name: z.string().trim().min(1).max(TOOL_LIMITS.name),
  description: z.string().max(TOOL_LIMITS.description),
  icon: z.string().max(16),
  systemPrompt: z.string().max(TOOL_LIMITS.systemPrompt),
  model: z.string().min(1).max(100),
  temperature: z.number().min(0).max(2),
  maxTokens: z.number().int().min(1).max(TOOL_LIMITS.maxTokens),
  active: z.boolean(),
  order: z.number().int(),
  /** Daily ceiling in nano-dollars; null for none. */
  ceiling: z.bigint().min(0n).nullable(),
  /** Cheaper model near the ceiling; null for the program's choice. */
  fallbackModel: z.string().max(100).nullable(),
  ladder: degradationSchema,
  starters: z.array(z.string().max(TOOL_LIMITS.starter)).max(TOOL_LIMITS.starters),
  // Later fields have defaults, so that records from before them are valid.
  whatsapp: whatsappSchema.default({ enabled: false, scope: "" }),
  /** Heading under which the home page shows it; "" for none. */
  group: z.string().trim().max(TOOL_LIMITS.group).default(""),
  examples: z.array(exampleSchema).max(TOOL_LIMITS.examples).default([]),
  /** Reasoning effort; null for the least that the model takes. */
  effort: z.enum(EFFORTS).nullable().default(null),
  /**
   * Stored names of the models asked in this order when the tool's own fails; null for the
   * organisation's chain.
   */
  chain: z.array(z.string().min(1).max(100)).max(TOOL_LIMITS.chain).nullable().default(null),
  /** How closely the model looks at pictures, where it has a choice. */
  pictureDetail: z.enum(PICTURE_DETAILS).default("low"),
  /** Names and terms that people say, as hints for writing their recordings down. */
  keyTerms: z.array(z.string().trim().min(1).max(TOOL_LIMITS.keyTerm))
    .max(TOOL_LIMITS.keyTerms).default([]),
  /** Whether it keeps notes of ended conversations, and uses them in later ones. */
  remembers: z.boolean().default(false),
  /** Whether recordings stay with their messages, also without the person's choice. */
  keepsRecordings: z.boolean().default(false),
  /** Heading of an empty chat; "" for the program's own. */
  greeting: z.string().trim().max(TOOL_LIMITS.greeting).default(""),
  /** Language of the texts that people read. */
  language: languageSchema.default("en"),
  texts: z.partialRecord(languageSchema, localTextsSchema).default({}),
  /** Stored name of the model that hears spoken questions; null for their text alone. */
  hearingModel: z.string().min(1).max(100).nullable().default(null),
  /** Version of the content, for optimistic locking between admins. */
  version: z.number().int().min(1).default(1),
});

export type Tool = z.output<typeof toolSchema>;
export type Example = z.output<typeof exampleSchema>;

/** The fields of a tool that people read, which can be given in several languages. */
export const LOCAL_FIELDS = ["name", "description", "greeting", "starters", "group"] as const;
export type LocalField = (typeof LOCAL_FIELDS)[number];

/** The translations that have any text, in the order of the languages. */
export function translationsOf({ texts }: Pick<Tool, "texts">): [Language, LocalTexts][] {
  return LANGUAGES.flatMap((language): [Language, LocalTexts][] => {
    const given = texts[language];
    return given && hasText(given) ? [[language, given]] : [];
  });
}

/** All texts of translations. */
export function translatedTexts(tool: Pick<Tool, "texts">): string[] {
  return translationsOf(tool).flatMap(([, { starters, name, description, greeting, group }]) => [
    name,
    description,
    greeting,
    group,
    ...starters,
  ]);
}

export function hasText(texts: LocalTexts): boolean {
  return LOCAL_FIELDS.some((field) => texts[field].length > 0);
}

/** All texts of a tool. */
export function toolTexts(tool: Tool): string[] {
  return [
    tool.name,
    tool.description,
    tool.group,
    tool.greeting,
    tool.systemPrompt,
    tool.whatsapp.scope,
    ...tool.starters,
    ...tool.keyTerms,
    ...tool.examples.flatMap(({ question, answer }) => [question, answer]),
    ...translatedTexts(tool),
  ];
}

/** Total length of a tool's texts, in UTF-16 units. */
export function textLength(tool: Tool): number {
  return toolTexts(tool).reduce((sum, text) => sum + text.length, 0);
}

/** Full system prompt: the tool's prompt, then its examples. */
export function systemPromptOf(
  { systemPrompt, examples }: Pick<Tool, "systemPrompt" | "examples">,
): string {
  if (examples.length === 0) return systemPrompt;
  const shown = examples.map(({ question, answer }) =>
    `<example>\n<question>\n${question}\n</question>\n<reply>\n${answer}\n</reply>\n</example>`
  );
  const heading = "Examples of replies as they should be:";
  return [systemPrompt, heading, ...shown].filter((part) => part !== "").join("\n\n");
}
