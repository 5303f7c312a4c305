import { define } from "@/lib/web/define.ts";

/** Active tools, public fields only. */
export const handler = define.handlers({
  async GET(ctx) {
    const { tools } = await ctx.state.services.pages.tools();
    return Response.json(tools, { headers: { "cache-control": "no-cache" } });
  },
});
