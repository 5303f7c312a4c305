import { csv } from "@/lib/shared/csv.ts";
import { daysOf } from "@/lib/web/admin/cost_query.ts";
import { define } from "@/lib/web/define.ts";

/** Costs of a period as CSV. */
export const handler = define.handlers({
  async GET(ctx) {
    const { costs, deps } = ctx.state.services;
    const days = daysOf(ctx.url);
    const name = `costs-${deps.calendar.dayOf(deps.clock())}-${days}-days.csv`;
    return new Response(csv(await costs.table(days)), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      },
    });
  },
});
