import type { Language } from "../languages.ts";
import type { NanoUsd } from "../money.ts";
import type { DraftGoldenView } from "./golden_view.ts";

/** A line of a comparison; `skipped` stands for unchanged lines far from any change. */
export interface DiffLine {
  kind: "same" | "added" | "removed" | "skipped";
  text: string;
}

/** A field that differs between two versions of a tool. */
export interface FieldChange {
  field: string;
  label: string;
  before: string;
  after: string;
  /** Line by line, for texts of several lines. */
  lines: DiffLine[] | null;
}

/** A result of the checks before saving: an error prevents saving, a warning asks. */
export interface Finding {
  level: "error" | "warning";
  /** Name of the form's field. */
  field: string;
  text: string;
}

/** Planned import of one tool of a file. */
export type PlanItem =
  | { kind: "new"; id: string; name: string; notes: string[] }
  | { kind: "changed"; id: string; name: string; notes: string[]; changes: FieldChange[] }
  | { kind: "same"; id: string; name: string; notes: string[] }
  | { kind: "refused"; name: string; reason: string };

/** A tool's texts in a further language, as typed; all empty without a translation. */
export interface TranslationFields {
  language: Language;
  name: string;
  description: string;
  greeting: string;
  /** One per line. */
  starters: string;
  group: string;
}

/** The editor's fields as typed. */
export interface ToolFields {
  name: string;
  description: string;
  icon: string;
  group: string;
  systemPrompt: string;
  model: string;
  /** Empty: the least that the model takes. */
  effort: string;
  /** low or high. */
  pictureDetail: string;
  temperature: string;
  maxTokens: string;
  active: boolean;
  /** Dollars; empty for none. */
  ceiling: string;
  /** Empty: chosen automatically. */
  fallbackModel: string;
  /** Models asked after the first, one per line; empty: the organisation's, "none": no other. */
  chain: string;
  /** Percent; empty for never. */
  downgradeFrom: string;
  clamp: boolean;
  /** One per line. */
  starters: string;
  /** One on each line. */
  keyTerms: string;
  remembers: boolean;
  keepsRecordings: boolean;
  hearingModel: string;
  whatsapp: boolean;
  whatsappScope: string;
  examples: { question: string; answer: string }[];
  greeting: string;
  /** Code of the language of the texts above. */
  language: string;
  /** One for each language, in their order. */
  translations: TranslationFields[];
}

/** The fields of a translation, in the form's order. */
export const TRANSLATED_FIELDS = ["name", "description", "greeting", "starters", "group"] as const;

/** Name of a translation's field in the form. */
export const translatedField = (language: Language, field: string) => `in-${language}-${field}`;

/** Fields that a second draft has of its own in a comparison. */
export const OWN_FIELDS = ["systemPrompt", "model", "effort", "temperature", "maxTokens"] as const;
export type OwnFields = Pick<ToolFields, (typeof OWN_FIELDS)[number]>;

export function ownFieldsOf(fields: OwnFields): OwnFields {
  const { systemPrompt, model, effort, temperature, maxTokens } = fields;
  return { systemPrompt, model, effort, temperature, maxTokens };
}

/** A model in the choice, with its price. */
export interface ModelOption {
  model: string;
  /** Nano-dollars per million tokens, as decimal strings. */
  inputRate: string;
  outputRate: string;
  /** Reasoning efforts that it takes, from the least. */
  efforts: readonly string[];
  /** When it takes a temperature. */
  temperature: "always" | "effort_none" | "never";
  /** Announced shutdown in words; null when there is none. */
  ends: string | null;
  /** Offered only to the tool that has it already. */
  ended: boolean;
}

export interface ToolRow {
  id: string;
  /** Its place among all tools, from 0. */
  place: number;
  name: string;
  icon: string;
  /** "" for none. */
  group: string;
  active: boolean;
  model: string;
  /** Whether its model has ended, so that it cannot answer by itself. */
  modelEnded: boolean;
  /** Cost of a typical message in nano-dollars; null without a price: it cannot answer. */
  message: NanoUsd | null;
  /** Spent in the last seven days, today included. */
  spentWeek: NanoUsd;
  /** Ratings of the last thirty days. */
  rated: { up: number; down: number };
  /** Percent of today's budget; 0 without one. */
  usedPercent: number;
  whatsapp: boolean;
}

export interface VersionRow {
  number: number;
  at: number;
  by: string;
  how: string;
  current: boolean;
}

/** A deleted tool. */
export interface BinRow {
  id: string;
  name: string;
  icon: string;
  at: number;
  by: string;
  daysLeft: number;
}

/** A stretch of a text that is compared with another. */
export interface TextPart {
  kind: "same" | "added" | "removed";
  text: string;
}

/** A field that two admins changed. */
export interface BothChanged {
  field: keyof ToolFields;
  label: string;
  /** The version that both began with; null if it is no longer known. */
  before: string | null;
  /** What each changed in it. */
  theirs: TextPart[];
  yours: TextPart[];
  /** Both together, to be edited; null for a field that is no text. */
  together: string | null;
  /** Whether the two changes are in different places of the text. */
  fits: boolean;
}

/** A field that one of two admins changed. */
export interface JoinedChange {
  label: string;
  before: string;
  after: string;
  yours: boolean;
}

/** Another admin saved the tool since it was opened. */
export interface ConflictView {
  by: string;
  at: number;
  both: BothChanged[];
  joined: JoinedChange[];
}

export interface TemplateView {
  id: string;
  group: string;
  name: string;
  description: string;
  icon: string;
}

/** A tool in its editor, with the result of the last save. */
export interface EditorView {
  /** Null for a new tool. */
  tool: { id: string; version: number } | null;
  /** Author and time of the version, where known. */
  saved: { by: string; at: number } | null;
  fields: ToolFields;
  findings: Finding[];
  models: ModelOption[];
  /** Cost of a typical message, as a sentence. */
  typical: string | null;
  conflict: ConflictView | null;
  /** The golden conversations' word about the draft. */
  golden: DraftGoldenView | null;
  /** The experiment that runs with the tool. */
  experiment: { id: string; name: string } | null;
  /** The fields as a form sends them. */
  sent: [name: string, value: string][];
  /** Result of the last save, above the form. */
  note: { good: boolean; text: string } | null;
}
