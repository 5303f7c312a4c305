import { page } from "fresh";
import { ExperimentsPage } from "@/components/admin/experiments/ExperimentsPage.tsx";
import { PLAN } from "@/lib/locales/admin/experiments/plan.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { experiments, deps } = ctx.state.services;
    return page({
      timeZone: deps.config.TIME_ZONE,
      now: deps.clock(),
      list: await experiments.list(),
      done: ctx.url.searchParams.get("done") === "deleted" ? PLAN.deleted : null,
    });
  },
});

export default define.page<typeof handler>(({ data }) => <ExperimentsPage {...data} />);
