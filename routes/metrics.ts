import { EXPOSITION_TYPE } from "@/lib/monitoring/rules/exposition.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { mayReadCosts } from "@/lib/web/admin/cost_access.ts";
import { define } from "@/lib/web/define.ts";
import { problemResponse } from "@/lib/web/errors.ts";

/** Figures for Prometheus, for admins and with METRICS_TOKEN as the bearer token. */
export const handler = define.handlers({
  async GET(ctx) {
    try {
      if (!await mayReadCosts(ctx)) {
        throw new AppError("unauthenticated", { code: "metrics.token_needed" });
      }
      const text = await ctx.state.services.monitoring.metrics();
      return new Response(text, {
        headers: { "content-type": EXPOSITION_TYPE, "cache-control": "no-store" },
      });
    } catch (error) {
      // A scraper reads no error page.
      return problemResponse(error, ctx);
    }
  },
});
