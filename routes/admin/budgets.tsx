import { page } from "fresh";
import { BudgetsPage } from "@/components/admin/budgets/BudgetsPage.tsx";
import { BudgetBar } from "@/islands/BudgetBar.tsx";
import { BUDGET_TEXTS } from "@/lib/locales/admin/budgets.ts";
import { FORMS } from "@/lib/locales/admin/settings.ts";
import type { BudgetForm } from "@/lib/shared/views/budget_view.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { namedAsOther, readBudgets } from "@/lib/web/admin/budget_form.ts";
import { define } from "@/lib/web/define.ts";
import { LOOK_FIELD, LOOK_NOTE } from "@/lib/web/admin/kept_form.ts";

const SAVED = { good: true, text: BUDGET_TEXTS.saved };
const WRONG = { good: false, text: FORMS.wrong };

export const handler = define.handlers({
  async GET(ctx) {
    const { budgets } = ctx.state.services;
    const stored = await budgets.fields();
    const note = ctx.url.searchParams.has("saved") ? SAVED : null;
    const form = { fields: stored, was: stored, findings: [], conflict: null, note };
    return page({ token: adminOf(ctx.state).csrf, view: await budgets.view(), form });
  },
  async POST(ctx) {
    const sent = await adminForm(ctx);
    const { email, csrf: token } = adminOf(ctx.state);
    const { budgets } = ctx.state.services;
    const stored = await budgets.fields();
    const { typed, was, other, findings } = readBudgets(sent, stored);
    const seen = was ?? stored;
    const again = async (status: number, shown: Partial<BudgetForm>) => {
      const fields = { ...stored, ...typed, ...other };
      const form = { fields, was: seen, findings: [], conflict: null, note: WRONG, ...shown };
      return page({ token, view: await budgets.view(), form }, { status });
    };
    if (sent.has(LOOK_FIELD)) return await again(200, { note: LOOK_NOTE });
    if (findings.length > 0) return await again(422, { findings });
    const outcome = await budgets.save(email, { typed, was });
    switch (outcome.kind) {
      case "saved":
        return ctx.redirect("/admin/budgets?saved=1", 303);
      case "wrong":
        return await again(422, { findings: namedAsOther(outcome.findings, other) });
      case "conflict": {
        const { now: was, conflict } = outcome;
        return await again(409, { was, conflict, fields: { ...outcome.fields, ...other } });
      }
    }
  },
});

export default define.page<typeof handler>(({ data }) => (
  <BudgetsPage
    {...data}
    bar={(props) => <BudgetBar {...props} stale={data.form.note === SAVED} />}
  />
));
