import { define } from "@/lib/web/define.ts";

/** All of the visitor's data as one file. */
export const handler = define.handlers({
  async POST(ctx) {
    await ctx.req.body?.cancel();
    const { own, deps } = ctx.state.services;
    const visitor = ctx.state.visitor?.id ?? "";
    const day = deps.calendar.dayOf(deps.clock());
    return ctx.stream(own.export.file(visitor, ctx.state.texts.language), {
      headers: {
        "content-type": "application/json",
        "content-disposition": `attachment; filename="my-data-${day}.json"`,
        "cache-control": "no-store",
      },
    });
  },
});
