import { retentionDays } from "@/lib/settings/retention_days.ts";
import { page } from "fresh";
import { ConversationsPage } from "@/components/admin/review/ConversationsPage.tsx";
import { ReviewOffPage } from "@/components/admin/review/ReviewOffPage.tsx";
import { REVIEW_NOTICE } from "@/lib/feedback/rules/review.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";
import { reviewFilterOf, reviewQuery } from "@/lib/web/admin/review_query.ts";

const FOLDER = "/admin/conversations";

export const handler = define.handlers({
  async GET(ctx) {
    const { review, settings, deps } = ctx.state.services;
    if (!review.enabled) {
      const notice = settings.current.review.notice || REVIEW_NOTICE;
      const off = { notice, kept: await review.kept(), days: retentionDays(deps) };
      return page({ off, on: null });
    }
    const filter = reviewFilterOf(ctx.url);
    const before = ctx.url.searchParams.get("before") ?? "";
    const list = await review.list(adminOf(ctx.state).email, filter, before);
    const query = reviewQuery(filter);
    const on = {
      list,
      filter,
      tools: (await deps.store.tools.list()).map(({ id, name }) => ({ id, name })),
      timeZone: deps.config.TIME_ZONE,
      newestHref: before === "" ? null : FOLDER + query,
      nextHref: list.next && FOLDER + reviewQuery(filter, { before: list.next }),
      exportHref: `${FOLDER}/export${query}`,
      filtered: query !== "",
      deleted: ctx.url.searchParams.get("done") === "deleted",
    };
    return page({ off: null, on });
  },
});

export default define.page<typeof handler>(({ data: { on, off } }) => {
  if (on) return <ConversationsPage {...on} />;
  return off && <ReviewOffPage {...off} />;
});
