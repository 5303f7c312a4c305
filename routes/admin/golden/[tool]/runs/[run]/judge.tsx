import { page } from "fresh";
import { JudgePage } from "@/components/admin/golden/JudgePage.tsx";
import { GoldenKeys } from "@/islands/Golden.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

const PICKS = { left: "left", same: "same", right: "right", skip: "skipped" } as const;

export const handler = define.handlers({
  async GET(ctx) {
    const { email, csrf: token } = adminOf(ctx.state);
    const { run = "", tool = "" } = ctx.params;
    const example = ctx.url.searchParams.get("example") ?? undefined;
    const pair = await ctx.state.services.golden.pair(email, run, example);
    return page({ token, tool, run, pair });
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { email } = adminOf(ctx.state);
    const { golden } = ctx.state.services;
    const run = ctx.params.run ?? "";
    const action = form.text("action");
    if (action === "undo") {
      const example = await golden.undo(email, run);
      const at = example === null ? "" : `?example=${encodeURIComponent(example)}`;
      return ctx.redirect(`${ctx.url.pathname}${at}`, 303);
    }
    if (!isPick(action)) throw new AppError("invalid", { code: "action.unknown" });
    await golden.judge(email, run, form.text("example"), PICKS[action]);
    return ctx.redirect(ctx.url.pathname, 303);
  },
});

const isPick = (action: string): action is keyof typeof PICKS => Object.hasOwn(PICKS, action);

export default define.page<typeof handler>(({ data }) => (
  <JudgePage {...data} keys={<GoldenKeys />} />
));
