/** A line of a comparison; `skipped` stands for lines that are the same and far from any change. */
export interface DiffLine {
  kind: "same" | "added" | "removed" | "skipped";
  text: string;
}

/** A field of a tool that differs between two states of it. */
export interface FieldChange {
  field: string;
  label: string;
  before: string;
  after: string;
  /** Line by line, for texts of several lines. */
  lines: DiffLine[] | null;
}

/** What a check before saving found: an error forbids saving, a warning asks. */
export interface Finding {
  level: "error" | "warning";
  /** Name of the form's field. */
  field: string;
  text: string;
}

/** What an import would do with one tool of its file. */
export type PlanItem =
  | { kind: "new"; id: string; name: string; notes: string[] }
  | { kind: "changed"; id: string; name: string; notes: string[]; changes: FieldChange[] }
  | { kind: "same"; id: string; name: string; notes: string[] }
  | { kind: "refused"; name: string; reason: string };

/** The editor's fields as they were typed. */
export interface ToolFields {
  name: string;
  description: string;
  icon: string;
  systemPrompt: string;
  model: string;
  temperature: string;
  maxTokens: string;
  active: boolean;
  /** Dollars; empty for none. */
  ceiling: string;
  /** Empty: the program chooses. */
  fallbackModel: string;
  /** Percent; empty for never. */
  downgradeFrom: string;
  clamp: boolean;
  /** One on a line. */
  starters: string;
  whatsapp: boolean;
  whatsappScope: string;
  examples: { question: string; answer: string }[];
}

/** What a second draft has of its own when two are compared. */
export const OWN_FIELDS = ["systemPrompt", "model", "temperature", "maxTokens"] as const;
export type OwnFields = Pick<ToolFields, (typeof OWN_FIELDS)[number]>;

/** Those fields alone. */
export function ownFieldsOf({ systemPrompt, model, temperature, maxTokens }: OwnFields): OwnFields {
  return { systemPrompt, model, temperature, maxTokens };
}

/** A model to choose, with what it costs. */
export interface ModelOption {
  model: string;
  /** Nano-dollars per million tokens, as decimal strings. */
  inputRate: string;
  outputRate: string;
}

/** A tool in the admin's list. */
export interface ToolRow {
  id: string;
  name: string;
  description: string;
  icon: string;
  active: boolean;
  model: string;
  /** Null when it is not known, and the tool can answer nobody. */
  price: Omit<ModelOption, "model"> | null;
  /** Nano-dollars, as decimal strings. */
  spentToday: string;
  ceiling: string | null;
  usedPercent: number;
  whatsapp: boolean;
}

/** A state of a tool in its history. */
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

/** Somebody else saved the tool since it was opened. */
export interface ConflictView {
  by: string;
  at: number;
  /** From theirs to what was typed. */
  changes: FieldChange[];
}

/** A template in the gallery. */
export interface TemplateView {
  id: string;
  group: string;
  name: string;
  description: string;
  icon: string;
}
