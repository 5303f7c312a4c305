import { page } from "fresh";
import {
  ExperimentPlanPage,
  type ExperimentPlanPageProps,
} from "@/components/admin/experiments/ExperimentPlanPage.tsx";
import {
  ExperimentReportPage,
  type ExperimentReportPageProps,
} from "@/components/admin/experiments/ExperimentReportPage.tsx";
import {
  PlanWithoutToolPage,
  type PlanWithoutToolPageProps,
} from "@/components/admin/experiments/PlanWithoutToolPage.tsx";
import {
  type PlanDraftOfferProps,
  planPlace,
} from "@/components/admin/experiments/PlanDraftOffer.tsx";
import { PlanDraft } from "@/islands/PlanDraft.tsx";
import { PLAN } from "@/lib/locales/admin/experiments/plan.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { PLAN_BYTES, planData, postedPlan, readPlan } from "@/lib/web/admin/experiment_form.ts";
import { actOnExperiment, reportData } from "@/lib/web/admin/experiment_report.ts";
import { define } from "@/lib/web/define.ts";
import { problemOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";

/** The plan of a draft, with its tool or without, or the report of what has started. */
type Data =
  | { code: "plan"; props: ExperimentPlanPageProps }
  | { code: "toolless"; props: PlanWithoutToolPageProps }
  | { code: "report"; props: ExperimentReportPageProps; stale?: string[] };

const keeper = (props: PlanDraftOfferProps) => <PlanDraft {...props} />;

const DONE: Readonly<Record<string, string>> = {
  saved: PLAN.saved,
  started: PLAN.started,
  paused: PLAN.paused,
  resumed: PLAN.resumed,
  unguarded: `${PLAN.resumed} ${PLAN.unguarded}`,
  ended: PLAN.ended,
  shares: PLAN.changed,
  promoted: PLAN.promoted,
};

/** Actions of the plan's form. */
const PLAN_ACTIONS = new Set(["save", "start", "reckon", "add"]);

/** Refusals, beside conflicts, that the report's page tells. */
const TOLD: ReadonlySet<string> = new Set(["form.invalid", "tool.binned"]);

export const handler = define.handlers({
  async GET(ctx) {
    const { experiments } = ctx.state.services;
    const id = ctx.params.experiment ?? "";
    const done = ctx.url.searchParams.get("done") ?? "";
    const text = Object.hasOwn(DONE, done) ? DONE[done] : undefined;
    const note = text === undefined ? null : { good: true, text };
    const { state, tool } = await experiments.get(id);
    if (state !== "draft") {
      // Started from a page whose input was kept.
      const stale = done === "started" ? [planPlace(null, tool), planPlace(id, tool)] : [];
      return page<Data>({ code: "report", props: await reportData(ctx, id, note), stale });
    }
    const head = await experiments.head(id);
    if (head.tool.place !== "tools") {
      const { csrf: token } = adminOf(ctx.state);
      return page<Data>({ code: "toolless", props: { token, head } });
    }
    const input = done === "saved" ? "saved" : "stored";
    const plan = await planData(ctx, { id, ...await experiments.fieldsOf(id), note, input });
    return page<Data>({ code: "plan", props: plan });
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
      return page<Data>({ code: "plan", props: await planData(ctx, shown) }, { status });
    }
    try {
      return ctx.redirect(await actOnExperiment(ctx, form, id), 303);
    } catch (error) {
      const told = error instanceof AppError &&
        (error.kind === "conflict" || TOLD.has(error.told.code));
      if (!told || (await experiments.get(id)).state === "draft") throw error;
      const { status, detail } = problemOf(error, readerOf(ctx));
      const note = { good: false, text: detail };
      const props = await reportData(ctx, id, note, form);
      return page<Data>({ code: "report", props }, { status });
    }
  },
});

export default define.page<typeof handler>(({ data }) => {
  switch (data.code) {
    case "plan":
      return <ExperimentPlanPage {...data.props} keeper={keeper} />;
    case "toolless":
      return <PlanWithoutToolPage {...data.props} />;
    case "report":
      return (
        <>
          <ExperimentReportPage {...data.props} />
          {data.stale && data.stale.length > 0 &&
            keeper({ place: null, stale: data.stale, unsaved: false })}
        </>
      );
  }
});
