import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  /** Beacon of static/link_goal.js: the visitor opened a link of a reply. */
  async POST(ctx) {
    await ctx.req.body?.cancel();
    const { visitor, services } = ctx.state;
    if (visitor !== null) await services.goals.reach(visitor.id, ctx.params.tool ?? "", "link");
    return new Response(null, { status: 204 });
  },
});
