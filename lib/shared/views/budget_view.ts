import type { NanoUsd } from "../money.ts";
import type { SettingsConflict } from "./settings_view.ts";
import type { Finding } from "./tool_admin_view.ts";

/** Texts of the form's fields by name. */
export type BudgetFields = Readonly<Record<string, string>>;

/** A subject with its limits and use. */
export interface BudgetRow {
  name: string;
  /** Names of the fields of its day and month; null where it has none. */
  day: string | null;
  month: string | null;
  /** Hints of empty fields. */
  dayEmpty: string;
  monthEmpty: string;
  /** Spent today and in this month; null where it is not counted for all together. */
  today: NanoUsd | null;
  thisMonth: NanoUsd | null;
  /** The limits in force. */
  dayLimit: NanoUsd | null;
  monthLimit: NanoUsd | null;
  /** A remark in place of, or after, the amount used. */
  about: string | null;
}

export interface BudgetsView {
  organisation: BudgetRow;
  tools: BudgetRow[];
  /** Tools without limits of their own. */
  others: { id: string; name: string }[];
  people: BudgetRow[];
  /** Percentages of a day's budgets; empty for the environment's. */
  shares: { field: string; label: string; about: string; environment: number }[];
  keys: BudgetRow[];
  /** Messages out in this month, on WhatsApp. */
  replies: number;
  /** Percentages of a budget at which alerts go out. */
  alertsAt: readonly number[];
  timeZone: string;
}

/** The form as shown: its input, and the values that its changes are compared with. */
export interface BudgetForm {
  fields: BudgetFields;
  was: BudgetFields;
  findings: readonly Finding[];
  conflict: SettingsConflict | null;
  note: { good: boolean; text: string } | null;
}
