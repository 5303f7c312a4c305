import { JOBS } from "@/lib/locales/admin/backups.ts";
import { define } from "@/lib/web/define.ts";

/** What is under way, for the island that follows it. */
export const handler = define.handlers({
  async GET(ctx) {
    const job = await ctx.state.services.backups.byHand.job();
    return Response.json({ running: job !== null, progress: job && JOBS[job] }, {
      headers: { "cache-control": "no-store" },
    });
  },
});
