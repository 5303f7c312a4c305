import { define } from "@/lib/web/define.ts";

/** An experiment's counts by day and variant as CSV. */
export const handler = define.handlers({
  async GET(ctx) {
    const { experiments, deps } = ctx.state.services;
    const id = ctx.params.experiment ?? "";
    const text = await experiments.csv(id);
    return new Response(text, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="experiment-${id}-${
          deps.calendar.dayOf(deps.clock())
        }.csv"`,
      },
    });
  },
});
