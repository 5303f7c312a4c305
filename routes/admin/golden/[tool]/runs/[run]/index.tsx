import { page } from "fresh";
import { GoldenRunPage } from "@/components/admin/golden/GoldenRunPage.tsx";
import { GoldenProgress } from "@/islands/Golden.tsx";
import { progressText } from "@/lib/locales/admin/experiments/golden.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { golden, deps } = ctx.state.services;
    return page({
      token: adminOf(ctx.state).csrf,
      timeZone: deps.config.TIME_ZONE,
      run: await golden.run(ctx.params.run ?? ""),
    });
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { golden } = ctx.state.services;
    const run = ctx.params.run ?? "";
    const action = form.text("action");
    if (action === "stop") await golden.stop(run);
    else if (action === "resume") await golden.resume(run);
    else throw new AppError("invalid", { code: "action.unknown" });
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
