import {
  BudgetSaveBar,
  type BudgetSaveBarProps,
} from "../components/admin/budgets/BudgetSaveBar.tsx";

/** Save bar of the budgets, which follows the input. */
export function BudgetBar(props: BudgetSaveBarProps) {
  return <BudgetSaveBar {...props} />;
}
