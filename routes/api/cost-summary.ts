import { toolId } from "@/lib/domain/tool.ts";
import { AppError } from "@/lib/domain/errors.ts";
import { define } from "@/lib/web/define.ts";

/** What a tool (`?toolId=`), or the whole organisation, costs today and this week. */
export const handler = define.handlers({
  async GET(ctx) {
    const asked = ctx.url.searchParams.get("toolId");
    if (asked !== null && !toolId.safeParse(asked).success) {
      throw new AppError("invalid", "Cannot tell the cost: `toolId` is no tool's id.", {
        field: "toolId",
      });
    }
    const summary = await ctx.state.services.costSummary(asked);
    return Response.json(summary, { headers: { "cache-control": "no-store" } });
  },
});
