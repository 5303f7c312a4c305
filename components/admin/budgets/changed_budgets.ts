import type { BudgetFields } from "../../../lib/shared/views/budget_view.ts";

const MOST = 3;

/** What differs, such as "1 change. Math Tutor, a day: $2.00 instead of $1.50"; "" for nothing. */
export function changedBudgetTexts(
  was: BudgetFields,
  now: BudgetFields,
  names: BudgetFields,
): string {
  const changed = Object.keys(names).filter((field) =>
    now[field] !== undefined && (now[field] ?? "").trim() !== (was[field] ?? "")
  );
  if (changed.length === 0) return "";
  const texts = changed.slice(0, MOST).map((field) =>
    `${names[field]}: ${worded(field, now[field])} instead of ${worded(field, was[field])}`
  );
  const more = changed.length - texts.length;
  const count = changed.length === 1 ? "1 change" : `${changed.length} changes`;
  return `${count}. ${texts.join("; ")}${more > 0 ? `; ${more} more` : ""}`;
}

const MONEY = /(day|month)(-|$)/i;

function worded(field: string, text = ""): string {
  const typed = text.trim();
  if (typed === "") return "empty";
  return MONEY.test(field) && /^\d/.test(typed) ? `$${typed}` : typed;
}
