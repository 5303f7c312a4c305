import { z } from "zod";
import { BUDGET_TEXTS as TEXTS } from "../../locales/admin/budgets.ts";
import { toolDayField, toolMonthField } from "../../admin/rules/budget_fields.ts";
import type { BudgetFields } from "../../shared/views/budget_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import type { FormFields } from "./admin_form.ts";

const seenFields = z.record(z.string().max(200), z.string().max(40));
/** Fields of a tool that gets limits of its own. */
const OTHER = ["otherTool", "otherDay", "otherMonth"] as const;

export interface TypedBudgets {
  /** The stored fields as typed. */
  typed: BudgetFields;
  /** Values shown to the admin; null if unknown. */
  was: BudgetFields | null;
  /** The fields of another tool as typed, for the form to be shown again. */
  other: BudgetFields;
  findings: Finding[];
}

/** Reads the form; `stored` are the fields as they stand. */
export function readBudgets(form: FormFields, stored: BudgetFields): TypedBudgets {
  const was = seenIn(form.text("was"));
  const text = (name: string) => form.text(name).replaceAll("\0", "").trim();
  const known = { ...was, ...stored };
  const typed = Object.fromEntries(
    Object.keys(known).filter((name) => form.has(name)).map((name) => [name, text(name)]),
  );
  const other = Object.fromEntries(OTHER.map((name) => [name, text(name)]));
  const { otherTool = "", otherDay = "", otherMonth = "" } = other;
  if (otherTool === "") {
    const lacks = otherDay !== "" || otherMonth !== "";
    const findings: Finding[] = lacks
      ? [{ level: "error", field: "otherTool", text: TEXTS.other }]
      : [];
    return { typed, was, other, findings };
  }
  const own = { [toolDayField(otherTool)]: otherDay, [toolMonthField(otherTool)]: otherMonth };
  return { typed: { ...typed, ...own }, was, other, findings: [] };
}

/** Findings of the other tool's fields, under the names that they have in the form. */
export function namedAsOther(findings: readonly Finding[], other: BudgetFields): Finding[] {
  const tool = other.otherTool ?? "";
  const names: Readonly<Record<string, string>> = tool === "" ? {} : {
    [toolDayField(tool)]: "otherDay",
    [toolMonthField(tool)]: "otherMonth",
  };
  return findings.map((finding) => ({
    ...finding,
    field: (Object.hasOwn(names, finding.field) ? names[finding.field] : null) ?? finding.field,
  }));
}

function seenIn(text: string): BudgetFields | null {
  if (text === "") return null;
  try {
    return seenFields.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
