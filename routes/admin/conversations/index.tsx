import { retentionDays } from "@/lib/settings/retention_days.ts";
import { page } from "fresh";
import { ConversationsPage } from "@/components/admin/review/ConversationsPage.tsx";
import { ReviewOffPage } from "@/components/admin/review/ReviewOffPage.tsx";
import { REVIEW_NOTICE } from "@/lib/feedback/rules/review.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";
import { reviewListOf } from "@/lib/web/admin/review_list.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { review, settings, deps } = ctx.state.services;
    if (!review.enabled) {
      const notice = settings.current.review.notice || REVIEW_NOTICE;
      const off = { notice, kept: await review.kept(), days: retentionDays(deps) };
      return page({ off, on: null });
    }
    const on = {
      ...await reviewListOf(ctx.state.services, adminOf(ctx.state).email, ctx.url),
      tools: (await deps.store.tools.list()).map(({ id, name }) => ({ id, name })),
      deleted: ctx.url.searchParams.get("done") === "deleted",
    };
    return page({ off: null, on });
  },
});

export default define.page<typeof handler>(({ data: { on, off } }) => {
  if (on) return <ConversationsPage {...on} />;
  return off && <ReviewOffPage {...off} />;
});
