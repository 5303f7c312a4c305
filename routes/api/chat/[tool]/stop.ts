import { define } from "@/lib/web/define.ts";
import { visit } from "@/lib/web/visit.ts";

/** Stops the running reply of the visitor's conversation. */
export const handler = define.handlers({
  async POST(ctx) {
    await ctx.req.body?.cancel();
    await ctx.state.services.chat.stop(visit(ctx).id, ctx.params.tool ?? "");
    return new Response(null, { status: 204 });
  },
});
