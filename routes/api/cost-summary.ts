import { toolId } from "@/lib/tools/rules/tool.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { mayReadCosts } from "@/lib/web/admin/cost_access.ts";
import { define } from "@/lib/web/define.ts";

/**
 * Costs of a tool (`?toolId=`) or of the organisation, today and this week.
 * Ceiling and holds are included only for requests with access to the ledger.
 */
export const handler = define.handlers({
  async GET(ctx) {
    const asked = ctx.url.searchParams.get("toolId");
    if (asked !== null && !toolId.safeParse(asked).success) {
      throw new AppError("invalid", { code: "cost.tool_id" }, {
        field: "toolId",
      });
    }
    const { services } = ctx.state;
    const inside = await mayReadCosts(ctx);
    if (!inside && services.deps.config.COST_SUMMARY_ACCESS === "token") {
      throw new AppError("unauthenticated", { code: "cost.token_needed" });
    }
    const { ceiling, held, ...summary } = await services.costSummary(asked);
    return Response.json(inside ? { ...summary, ceiling, held } : summary, {
      headers: { "cache-control": "no-store" },
    });
  },
});
