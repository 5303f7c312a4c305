import { page } from "fresh";
import { BackupsPage } from "@/components/admin/backups/BackupsPage.tsx";
import { GoldenProgress } from "@/islands/Golden.tsx";
import { KEPT } from "@/lib/backup/rules/rotation.ts";
import { JOBS } from "@/lib/locales/admin/backups.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { backups, deps } = ctx.state.services;
    return page({
      token: adminOf(ctx.state).csrf,
      timeZone: deps.config.TIME_ZONE,
      now: deps.clock(),
      view: await backups.byHand.view(),
      kept: KEPT,
      done: ctx.url.searchParams.get("done"),
    });
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { email } = adminOf(ctx.state);
    const action = form.text("action");
    if (action !== "make" && action !== "prove") {
      throw new AppError("invalid", { code: "action.unknown" });
    }
    const name = form.text("backup");
    await ctx.state.services.backups.byHand.begin(email, action, name === "" ? undefined : name);
    return ctx.redirect("/admin/backups", 303);
  },
});

export default define.page<typeof handler>(({ data }) => (
  <BackupsPage
    {...data}
    progress={data.view.job !== null && (
      <GoldenProgress from="/admin/backups/progress" said={JOBS[data.view.job]} />
    )}
  />
));
