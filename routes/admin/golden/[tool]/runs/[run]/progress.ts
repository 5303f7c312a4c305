import { draftSentence, progressText } from "@/lib/locales/admin/experiments/golden.ts";
import { define } from "@/lib/web/define.ts";

/** State of a run, for the islands that follow it. */
export const handler = define.handlers({
  async GET(ctx) {
    const run = await ctx.state.services.golden.run(ctx.params.run ?? "");
    return Response.json({
      running: run.state === "running",
      progress: progressText(run),
      word: draftSentence(run.summary),
    }, { headers: { "cache-control": "no-store" } });
  },
});
