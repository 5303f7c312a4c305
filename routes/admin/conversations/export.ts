import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";
import { reviewFilterOf } from "@/lib/web/admin/review_query.ts";

/** Filtered conversations as JSON Lines, one per line. */
export const handler = define.handlers({
  GET(ctx) {
    const { review, deps } = ctx.state.services;
    const before = ctx.url.searchParams.get("before") ?? "";
    const lines = review.exportAll(adminOf(ctx.state).email, reviewFilterOf(ctx.url), before);
    const name = `conversations-${deps.calendar.dayOf(deps.clock())}.jsonl`;
    return ctx.stream(lines, {
      headers: {
        "content-type": "application/jsonl; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
      },
    });
  },
});
