import { TOOL_TAKES } from "../../locales/admin/tools.ts";
import { usdString } from "../../shared/money.ts";
import { LANGUAGES } from "../../shared/languages.ts";
import {
  type Finding,
  type ToolFields,
  TRANSLATED_FIELDS,
  translatedField,
} from "../../shared/views/tool_admin_view.ts";
import { amountOf, numberOf } from "../../settings/rules/form_values.ts";
import { isUnseen } from "../../shared/truncate_line.ts";
import { hasText, type Tool, TOOL_LIMITS, toolSchema } from "./tool.ts";

/** A tool's content as an admin edits it; id, order and version are the program's. */
export type ToolContent = Omit<Tool, "id" | "order" | "version">;

const contentSchema = toolSchema.omit({ id: true, order: true, version: true });

/** Requirement of each field, shown after an invalid input. */
const REQUIREMENTS: Record<keyof ToolContent, [field: keyof ToolFields, text: string]> = {
  name: ["name", TOOL_TAKES.name(TOOL_LIMITS.name)],
  description: ["description", TOOL_TAKES.atMost(TOOL_LIMITS.description)],
  icon: ["icon", TOOL_TAKES.icon],
  group: ["group", TOOL_TAKES.atMost(TOOL_LIMITS.group)],
  systemPrompt: ["systemPrompt", TOOL_TAKES.atMost(TOOL_LIMITS.systemPrompt)],
  model: ["model", TOOL_TAKES.model],
  effort: ["effort", TOOL_TAKES.effort],
  pictureDetail: ["pictureDetail", TOOL_TAKES.pictureDetail],
  temperature: ["temperature", TOOL_TAKES.temperature],
  maxTokens: ["maxTokens", TOOL_TAKES.maxTokens(TOOL_LIMITS.maxTokens)],
  active: ["active", TOOL_TAKES.active],
  ceiling: ["ceiling", TOOL_TAKES.ceiling],
  fallbackModel: ["fallbackModel", TOOL_TAKES.fallbackModel],
  chain: ["chain", TOOL_TAKES.chain(TOOL_LIMITS.chain)],
  ladder: ["downgradeFrom", TOOL_TAKES.ladder],
  remembers: ["remembers", TOOL_TAKES.remembers],
  keepsRecordings: ["keepsRecordings", TOOL_TAKES.keepsRecordings],
  hearingModel: ["hearingModel", TOOL_TAKES.hearingModel],
  starters: ["starters", TOOL_TAKES.starters(TOOL_LIMITS.starters, TOOL_LIMITS.starter)],
  keyTerms: ["keyTerms", TOOL_TAKES.keyTerms(TOOL_LIMITS.keyTerms, TOOL_LIMITS.keyTerm)],
  whatsapp: ["whatsappScope", TOOL_TAKES.atMost(TOOL_LIMITS.scope)],
  greeting: ["greeting", TOOL_TAKES.atMost(TOOL_LIMITS.greeting)],
  language: ["language", TOOL_TAKES.language],
  texts: ["translations", TOOL_TAKES.translations(TOOL_LIMITS)],
  examples: ["examples", TOOL_TAKES.examples(TOOL_LIMITS.question, TOOL_LIMITS.answer)],
};

/** A field's requirement in a sentence; null for fields outside the form. */
export function fieldRequirement(field: PropertyKey | undefined): string | null {
  const name = contentSchema.keyof().options.find((name) => name === field);
  return name === undefined ? null : REQUIREMENTS[name][1];
}

/** A tool as form fields, with room for more examples. */
export function toolFields(tool: ToolContent): ToolFields {
  const { ladder, whatsapp, ceiling } = tool;
  return {
    name: tool.name,
    description: tool.description,
    icon: tool.icon,
    group: tool.group,
    systemPrompt: tool.systemPrompt,
    model: tool.model,
    effort: tool.effort ?? "",
    pictureDetail: tool.pictureDetail,
    temperature: String(tool.temperature),
    maxTokens: String(tool.maxTokens),
    active: tool.active,
    ceiling: ceiling === null ? "" : usdString(ceiling),
    fallbackModel: tool.fallbackModel ?? "",
    chain: chainText(tool.chain),
    downgradeFrom: ladder.downgradeFrom === null ? "" : String(ladder.downgradeFrom),
    clamp: ladder.clamp,
    starters: tool.starters.join("\n"),
    keyTerms: tool.keyTerms.join("\n"),
    remembers: tool.remembers,
    keepsRecordings: tool.keepsRecordings,
    hearingModel: tool.hearingModel ?? "",
    whatsapp: whatsapp.enabled,
    whatsappScope: whatsapp.scope,
    examples: slots((i) => tool.examples[i] ?? { question: "", answer: "" }),
    greeting: tool.greeting,
    language: tool.language,
    translations: LANGUAGES.map((language) => {
      const texts = tool.texts[language];
      return {
        language,
        name: texts?.name ?? "",
        description: texts?.description ?? "",
        greeting: texts?.greeting ?? "",
        starters: texts?.starters.join("\n") ?? "",
        group: texts?.group ?? "",
      };
    }),
  };
}

/** Reads the form's fields by name; an unticked box is absent. */
export function readFields(get: (name: string) => string): ToolFields {
  const text = (name: string) => get(name).replaceAll("\r\n", "\n").replaceAll("\0", "");
  return {
    name: text("name").trim(),
    description: text("description").trim(),
    icon: text("icon").trim(),
    group: text("group").trim(),
    systemPrompt: text("systemPrompt"),
    model: text("model"),
    effort: text("effort"),
    pictureDetail: text("pictureDetail") || "low",
    temperature: text("temperature").trim(),
    maxTokens: text("maxTokens").trim(),
    active: get("active") === "on",
    ceiling: text("ceiling").trim(),
    fallbackModel: text("fallbackModel"),
    chain: text("chain").trim(),
    downgradeFrom: text("downgradeFrom").trim(),
    clamp: get("clamp") === "on",
    starters: text("starters"),
    keyTerms: text("keyTerms"),
    remembers: get("remembers") === "on",
    keepsRecordings: get("keepsRecordings") === "on",
    hearingModel: text("hearingModel").trim(),
    whatsapp: get("whatsapp") === "on",
    whatsappScope: text("whatsappScope").trim(),
    examples: slots((i) => ({
      question: text(`exampleQuestion${i}`).trim(),
      answer: text(`exampleAnswer${i}`).trim(),
    })),
    greeting: text("greeting").trim(),
    language: text("language") || "en",
    translations: LANGUAGES.map((language) => {
      const of = (field: string) => text(translatedField(language, field)).trim();
      return {
        language,
        name: of("name"),
        description: of("description"),
        greeting: of("greeting"),
        starters: of("starters"),
        group: of("group"),
      };
    }),
  };
}

/** The fields as a form sends them. */
export function sentToolFields(fields: ToolFields): [name: string, value: string][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    if (typeof value === "string") return [[name, value]];
    if (typeof value === "boolean") return value ? [[name, "on"]] : [];
    if (name === "translations") {
      return fields.translations.flatMap((each) =>
        TRANSLATED_FIELDS.map((field): [string, string] => [
          translatedField(each.language, field),
          each[field],
        ])
      );
    }
    return fields.examples.flatMap(({ question, answer }, i): [string, string][] => [
      [`exampleQuestion${i}`, question],
      [`exampleAnswer${i}`, answer],
    ]);
  });
}

/** Parses the fields to content, or to errors; never both. */
export function parseToolFields(
  fields: ToolFields,
): { content: ToolContent; findings: [] } | { content: null; findings: Finding[] } {
  const result = contentSchema.safeParse({
    // A name of which nothing is seen makes links without a text.
    name: isUnseen(fields.name) ? "" : fields.name,
    description: fields.description,
    icon: fields.icon,
    group: fields.group,
    systemPrompt: fields.systemPrompt,
    model: fields.model,
    effort: fields.effort === "" ? null : fields.effort,
    pictureDetail: fields.pictureDetail,
    temperature: numberOf(fields.temperature),
    maxTokens: numberOf(fields.maxTokens),
    active: fields.active,
    ceiling: amountOf(fields.ceiling),
    fallbackModel: fields.fallbackModel || null,
    chain: chainIn(fields.chain),
    ladder: {
      downgradeFrom: fields.downgradeFrom === "" ? null : numberOf(fields.downgradeFrom),
      clamp: fields.clamp,
    },
    starters: linesIn(fields.starters),
    keyTerms: linesIn(fields.keyTerms),
    remembers: fields.remembers,
    keepsRecordings: fields.keepsRecordings,
    hearingModel: fields.hearingModel || null,
    whatsapp: { enabled: fields.whatsapp, scope: fields.whatsappScope },
    greeting: fields.greeting,
    language: fields.language,
    texts: Object.fromEntries(
      fields.translations.map(({ language, starters, ...texts }) =>
        [language, { ...texts, starters: linesIn(starters) }] as const
      ).filter(([language, texts]) => language !== fields.language && hasText(texts)),
    ),
    examples: fields.examples.filter(({ question, answer }) => question !== "" || answer !== ""),
  });
  if (result.success) return { content: result.data, findings: [] };
  const wrong = new Set(result.error.issues.map((issue) => issue.path[0]));
  const findings = contentSchema.keyof().options.filter((name) => wrong.has(name)).map(
    (name): Finding => {
      const [field, text] = REQUIREMENTS[name];
      return { level: "error", field, text };
    },
  );
  return { content: null, findings };
}

const linesIn = (text: string) =>
  text.split("\n").map((line) => line.trim()).filter((line) => line !== "");

/** Word for a chain of no models; empty for the organisation's. */
const NO_CHAIN = "none";

function chainText(chain: Tool["chain"]): string {
  return chain === null ? "" : chain.length === 0 ? NO_CHAIN : chain.join("\n");
}

function chainIn(text: string): string[] | null {
  if (text === "") return null;
  return text.toLowerCase() === NO_CHAIN ? [] : linesIn(text);
}

function slots<T>(each: (index: number) => T): T[] {
  return Array.from({ length: TOOL_LIMITS.examples }, (_, i) => each(i));
}
