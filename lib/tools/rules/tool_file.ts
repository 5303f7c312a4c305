import { IMPORT } from "../../locales/admin/tools.ts";
import { z } from "zod";
import { parseUsd, usdString } from "../../shared/money.ts";
import { isUnseen } from "../../shared/truncate_line.ts";
import { AppError } from "../../platform/errors.ts";
import type { GivenExperiments } from "../tool_companions.ts";
import { type Tool, TOOL_LIMITS, toolSchema, translationsOf } from "./tool.ts";
import { fieldRequirement } from "./tool_form.ts";
import { fromOriginal, isOriginal } from "./tool_file_original.ts";

/** Largest file, in bytes: more than a hundred of the longest tools in Latin letters. */
export const TOOL_FILE_BYTES = 4 * 1024 * 1024;
const MOST_TOOLS = 500;
const FORMAT = "obt-helper-tools";
const VERSION = 1;

/** A tool's content from a file; missing fields keep their value or take the default. */
export type Given = Partial<Omit<Tool, "version">> & { name: string };

/** One tool of a file, or the reason of its refusal. */
export type FileEntry =
  | {
    name: string;
    given: Given;
    notes: string[];
    original: boolean;
    experiments: GivenExperiments;
  }
  | { name: string; reason: string };

/** Tools as a file; the field order is fixed, so that equal tools give equal bytes. */
export function exportTools(
  tools: readonly Tool[],
  experimentsOf: (tool: string) => readonly unknown[] = () => [],
): string {
  const sorted = [...tools].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  const file = {
    format: FORMAT,
    version: VERSION,
    tools: sorted.map((tool) => ({ ...entryOf(tool), experiments: experimentsOf(tool.id) })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function entryOf(tool: Tool) {
  const { ladder, whatsapp, examples } = tool;
  return {
    id: tool.id,
    name: tool.name,
    description: tool.description,
    icon: tool.icon,
    group: tool.group,
    systemPrompt: tool.systemPrompt,
    model: tool.model,
    effort: tool.effort,
    pictureDetail: tool.pictureDetail,
    temperature: tool.temperature,
    maxTokens: tool.maxTokens,
    active: tool.active,
    order: tool.order,
    ceiling: tool.ceiling === null ? null : usdString(tool.ceiling),
    fallbackModel: tool.fallbackModel,
    chain: tool.chain,
    ladder: { downgradeFrom: ladder.downgradeFrom, clamp: ladder.clamp },
    starters: tool.starters,
    keyTerms: tool.keyTerms,
    remembers: tool.remembers,
    keepsRecordings: tool.keepsRecordings,
    hearingModel: tool.hearingModel,
    whatsapp: { enabled: whatsapp.enabled, scope: whatsapp.scope },
    examples: examples.map(({ question, answer }) => ({ question, answer })),
    greeting: tool.greeting,
    language: tool.language,
    texts: Object.fromEntries(
      translationsOf(tool).map(([language, { name, description, greeting, starters, group }]) => [
        language,
        { name, description, greeting, starters, group },
      ]),
    ),
  };
}

/** US dollars as an exact decimal; of a number its shortest decimal form. */
export const dollars = z.union([z.string(), z.number()]).transform((value, ctx) => {
  try {
    const text = typeof value === "number" ? decimal(value) : value;
    const amount = parseUsd(text.replace(/^\s*\$/, ""));
    if (amount >= 0n) return amount;
  } catch {
    // Reported below together with negative amounts.
  }
  ctx.addIssue({ code: "custom", message: IMPORT.dollars });
  return z.NEVER;
});

function decimal(value: number): string {
  return Number.isFinite(value) ? value.toFixed(9).replace(/\.?0+$/, "") : "";
}

const { group, whatsapp, examples, effort, chain, keyTerms, pictureDetail } = toolSchema.shape;
const { remembers, keepsRecordings, hearingModel, greeting, language, texts } = toolSchema.shape;

/** Schema of a tool in a file: the tool's own but for the file's formats, all fields optional. */
const ownFields = toolSchema.omit({ version: true }).extend({
  id: z.string().max(200),
  name: toolSchema.shape.name.refine((name) => !isUnseen(name)),
  ceiling: dollars.nullable(),
  group: group.unwrap(),
  whatsapp: whatsapp.unwrap(),
  examples: examples.unwrap(),
  effort: effort.unwrap(),
  chain: chain.unwrap(),
  pictureDetail: pictureDetail.unwrap(),
  keyTerms: keyTerms.unwrap(),
  remembers: remembers.unwrap(),
  keepsRecordings: keepsRecordings.unwrap(),
  hearingModel: hearingModel.unwrap(),
  greeting: greeting.unwrap(),
  language: language.unwrap(),
  texts: texts.unwrap(),
}).partial().required({ name: true });

/**
 * Reads a file of tools in our format or the original's.
 * The original's is an array, or a single tool without an id.
 * @throws {AppError} `invalid` for any other file, `too_large` for too many tools
 */
export function readToolFile(text: string): FileEntry[] {
  const file = parsed(text);
  if (Array.isArray(file)) return entries(file);
  if (!isRecord(file)) throw notOurs();
  if (file.format === FORMAT) {
    if (typeof file.version !== "number" || file.version > VERSION) {
      throw new AppError(
        "invalid",
        { code: "tool_file.newer" },
      );
    }
    if (!Array.isArray(file.tools)) throw notOurs();
    return entries(file.tools);
  }
  if ("sessionId" in file) {
    throw new AppError("invalid", { code: "tool_file.conversation" });
  }
  if (typeof file.name === "string") return entries([file]);
  throw notOurs();
}

function entries(list: readonly unknown[]): FileEntry[] {
  if (list.length === 0) throw new AppError("invalid", { code: "tool_file.empty" });
  if (list.length > MOST_TOOLS) {
    throw new AppError("too_large", { code: "tool_file.too_many", most: MOST_TOOLS });
  }
  return list.map(entry);
}

function entry(raw: unknown, index: number): FileEntry {
  const place = IMPORT.unnamed(index + 1);
  if (!isRecord(raw)) return { name: place, reason: IMPORT.noTool };
  const name = typeof raw.name === "string" && raw.name.trim() !== ""
    ? raw.name.trim().slice(0, TOOL_LIMITS.name)
    : place;
  const original = isOriginal(raw);
  const { fields, test } = original ? fromOriginal(raw) : { fields: raw, test: raw.experiment };
  const notes = original ? [] : ownNotes(raw);
  const experiments = { own: original ? undefined : raw.experiments, test: test ?? undefined };
  const result = ownFields.safeParse(fields);
  if (result.success) return { name, given: result.data, notes, original, experiments };
  return { name, reason: schemaProblem(result.error) };
}

/** The fault of a tool in a file, with the field's name. */
export function schemaProblem({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.join(".") || "tool";
  return `${path}: ${fieldRequirement(issue?.path[0]) ?? issue?.message ?? IMPORT.wrong}`;
}

/** Fields that another capability reads; `experiment` is of earlier files. */
const COMPANIONS = ["experiments", "experiment"];

function ownNotes(raw: Record<string, unknown>): string[] {
  const unknown = Object.keys(raw).filter((key) =>
    !Object.hasOwn(ownFields.shape, key) && !COMPANIONS.includes(key)
  );
  return unknown.length === 0
    ? []
    : [IMPORT.unknownFields(unknown.slice(0, 5).join(", ").slice(0, 200))];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new AppError("invalid", { code: "tool_file.no_json" });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function notOurs(): AppError {
  return new AppError(
    "invalid",
    { code: "tool_file.foreign" },
  );
}
