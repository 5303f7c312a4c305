import { page } from "fresh";
import { GoldenRunPage } from "@/components/admin/golden/GoldenRunPage.tsx";
import { GoldenProgress } from "@/islands/Golden.tsx";
import { progressText } from "@/lib/locales/admin/experiments/golden.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { goldenRunData, roomNote } from "@/lib/web/admin/golden_pages.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await goldenRunData(ctx, null));
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { golden } = ctx.state.services;
    const run = ctx.params.run ?? "";
    const action = form.text("action");
    if (action === "stop") await golden.stop(run);
    else if (action === "remove") {
      await golden.removeRun(adminOf(ctx.state).email, run);
      const tool = encodeURIComponent(ctx.params.tool ?? "");
      return ctx.redirect(`/admin/golden?tool=${tool}&done=dropped`, 303);
    } else if (action === "resume") {
      try {
        await golden.resume(run);
      } catch (error) {
        const { status, note } = roomNote(ctx, error);
        return page(await goldenRunData(ctx, note.text), { status });
      }
    } else throw new AppError("invalid", { code: "action.unknown" });
    return ctx.redirect(ctx.url.pathname, 303);
  },
});

export default define.page<typeof handler>(({ data }) => (
  <GoldenRunPage
    {...data}
    progress={data.run.state === "running" && (
      <GoldenProgress
        from={`/admin/golden/${data.run.tool.id}/runs/${data.run.id}/progress`}
        said={progressText(data.run)}
      />
    )}
  />
));
