import { define } from "@/lib/web/define.ts";

/** `application/health+json` plus the original's fields; 503 when the store is unreachable. */
export const handler = define.handlers({
  async GET(ctx) {
    const health = await ctx.state.services.health();
    return new Response(JSON.stringify(health), {
      status: health.status === "pass" ? 200 : 503,
      headers: { "content-type": "application/health+json", "cache-control": "no-store" },
    });
  },
});
