import type { BudgetFields } from "../../../lib/shared/views/budget_view.ts";
import { DraftBar } from "../drafts/DraftBar.tsx";
import { changedBudgetTexts } from "./changed_budgets.ts";

export const BUDGETS_FORM = "budgets";

export interface BudgetSaveBarProps {
  was: BudgetFields;
  fields: BudgetFields;
  /** Names of the fields, for people. */
  names: BudgetFields;
  /** The form holds input that the server refused. */
  unsaved: boolean;
  /** Whether the browser's draft was just saved. */
  stale?: boolean;
}

const PLACE = "/budgets";

/** Save bar of all budgets: says what changes, to what, and saves it together. */
export function BudgetSaveBar({ was, fields, names, unsaved, stale }: BudgetSaveBarProps) {
  return (
    <DraftBar
      form={BUDGETS_FORM}
      place={PLACE}
      stale={stale ? PLACE : null}
      unsaved={unsaved}
      always={false}
      about="All of it is saved together; kept on this device until then."
      verb="Save budgets"
      discard={{ href: "/admin/budgets", label: "Discard" }}
      describe={(served, now) => changedBudgetTexts(unsaved ? was : served, now, names)}
      said={changedBudgetTexts(was, fields, names)}
    />
  );
}
