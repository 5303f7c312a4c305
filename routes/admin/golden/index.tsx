import { page } from "fresh";
import { GoldenListPage } from "@/components/admin/golden/GoldenListPage.tsx";
import { GOLDEN } from "@/lib/locales/admin/experiments/golden.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { goldenListData, runByForm } from "@/lib/web/admin/golden_pages.ts";
import { define } from "@/lib/web/define.ts";

const DONE: Readonly<Record<string, string>> = {
  saved: GOLDEN.saved,
  removed: GOLDEN.removed,
  dropped: GOLDEN.runRemoved,
};

export const handler = define.handlers({
  async GET(ctx) {
    const done = ctx.url.searchParams.get("done") ?? "";
    const text = Object.hasOwn(DONE, done) ? DONE[done] : undefined;
    return page(await goldenListData(ctx, text === undefined ? null : { good: true, text }));
  },
  async POST(ctx) {
    const { to, data, status } = await runByForm(ctx, await adminForm(ctx));
    return to === undefined ? page(data, { status }) : ctx.redirect(to, 303);
  },
});

export default define.page<typeof handler>(({ data }) => <GoldenListPage {...data} />);
