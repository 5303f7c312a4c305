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
