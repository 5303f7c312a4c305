import { page } from "fresh";
import {
  ExperimentPlanPage,
  type ExperimentPlanPageProps,
} from "@/components/admin/experiments/ExperimentPlanPage.tsx";
import {
  ExperimentReportPage,
  type ExperimentReportPageProps,
} from "@/components/admin/experiments/ExperimentReportPage.tsx";
import { PLAN } from "@/lib/locales/admin/experiments/plan.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { PLAN_BYTES, planData, postedPlan, readPlan } from "@/lib/web/admin/experiment_form.ts";
import { actOnExperiment, reportData } from "@/lib/web/admin/experiment_report.ts";
import { define } from "@/lib/web/define.ts";
import { problemOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";

/** The plan of a draft, or the report of an experiment that has started. */
type Data =
  | { plan: ExperimentPlanPageProps; report: null }
  | { plan: null; report: ExperimentReportPageProps };

const DONE: Readonly<Record<string, string>> = {
  saved: PLAN.saved,
  started: PLAN.started,
  paused: PLAN.paused,
  resumed: PLAN.resumed,
  ended: PLAN.ended,
  shares: PLAN.changed,
  promoted: PLAN.promoted,
};

/** Actions of the plan's form. */
const PLAN_ACTIONS = new Set(["save", "start", "reckon", "add"]);

export const handler = define.handlers({
  async GET(ctx) {
    const { experiments } = ctx.state.services;
    const id = ctx.params.experiment ?? "";
    const done = ctx.url.searchParams.get("done") ?? "";
    const text = Object.hasOwn(DONE, done) ? DONE[done] : undefined;
    const note = text === undefined ? null : { good: true, text };
    const { state } = await experiments.get(id);
    if (state === "draft") {
      const plan = await planData(ctx, { id, ...await experiments.fieldsOf(id), note });
      return page<Data>({ plan, report: null });
    }
    return page<Data>({ plan: null, report: await reportData(ctx, id, note) });
  },
  async POST(ctx) {
    const form = await adminForm(ctx, { maxBytes: PLAN_BYTES });
    const { experiments } = ctx.state.services;
    const id = ctx.params.experiment ?? "";
    if (PLAN_ACTIONS.has(form.text("action")) || form.has("drop") || form.has("measure")) {
      const { tool } = await experiments.get(id);
      const posted = await postedPlan(ctx, form, { id, fields: readPlan(form, tool) });
      if ("to" in posted) return ctx.redirect(posted.to, 303);
      const { status, ...shown } = posted;
      return page<Data>({ plan: await planData(ctx, shown), report: null }, { status });
    }
    try {
      return ctx.redirect(await actOnExperiment(ctx, form, id), 303);
    } catch (error) {
      const told = error instanceof AppError &&
        (error.kind === "conflict" || error.told.code === "form.invalid");
      if (!told || (await experiments.get(id)).state === "draft") throw error;
      const { status, detail } = problemOf(error, readerOf(ctx));
      const note = { good: false, text: detail };
      return page<Data>({ plan: null, report: await reportData(ctx, id, note) }, { status });
    }
  },
});

export default define.page<typeof handler>(({ data }) =>
  data.plan === null
    ? <ExperimentReportPage {...data.report} />
    : <ExperimentPlanPage {...data.plan} />
);
