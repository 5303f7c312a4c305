import { page } from "fresh";
import { ChooseToolPage } from "@/components/admin/experiments/ChooseToolPage.tsx";
import {
  ExperimentPlanPage,
  type ExperimentPlanPageProps,
} from "@/components/admin/experiments/ExperimentPlanPage.tsx";
import { PlanDraft } from "@/islands/PlanDraft.tsx";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { PLAN_BYTES, planData, postedPlan, readPlan } from "@/lib/web/admin/experiment_form.ts";
import { define } from "@/lib/web/define.ts";
import type { Tool } from "@/lib/tools/rules/tool.ts";

/** The plan of a tool's experiment, or the choice of a tool. */
type Data = { plan: ExperimentPlanPageProps; tools: null } | { plan: null; tools: readonly Tool[] };

export const handler = define.handlers({
  async GET(ctx) {
    const { experiments, deps: { store } } = ctx.state.services;
    const tool = ctx.url.searchParams.get("tool");
    if (tool === null) return page<Data>({ plan: null, tools: await store.tools.list() });
    const fields = await experiments.newFields(tool);
    return page<Data>({
      plan: await planData(ctx, { id: null, fields, revision: 0 }),
      tools: null,
    });
  },
  async POST(ctx) {
    const form = await adminForm(ctx, { maxBytes: PLAN_BYTES });
    const posted = await postedPlan(ctx, form, {
      id: null,
      fields: readPlan(form, form.text("tool")),
    });
    if ("to" in posted) return ctx.redirect(posted.to, 303);
    const { status, ...shown } = posted;
    return page<Data>({ plan: await planData(ctx, shown), tools: null }, { status });
  },
});

export default define.page<typeof handler>(({ data }) =>
  data.plan === null
    ? <ChooseToolPage tools={data.tools} />
    : <ExperimentPlanPage {...data.plan} keeper={(props) => <PlanDraft {...props} />} />
);
