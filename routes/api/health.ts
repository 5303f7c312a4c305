import { processHealth } from "@/lib/reports/health.ts";
import { define } from "@/lib/web/define.ts";

/**
 * `application/health+json` plus the original's fields; 503 when the store is unreachable. With
 * `?of=process` of the process alone, for proxies: 503 when it is about to end.
 */
export const handler = define.handlers({
  async GET(ctx) {
    const { services } = ctx.state;
    const alone = ctx.url.searchParams.get("of") === "process";
    const health = alone ? processHealth(services.leaving) : await services.health();
    return new Response(JSON.stringify(health), {
      status: health.status === "pass" ? 200 : 503,
      headers: { "content-type": "application/health+json", "cache-control": "no-store" },
    });
  },
});
