import { page } from "fresh";
import { BinPage } from "@/components/admin/tools/BinPage.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { tools, deps } = ctx.state.services;
    return page({
      token: adminOf(ctx.state).csrf,
      timeZone: deps.config.TIME_ZONE,
      binned: await tools.views.binned(),
      discarded: ctx.url.searchParams.get("done") === "discarded",
    });
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { email } = adminOf(ctx.state);
    const { bin } = ctx.state.services.tools;
    const [id, at] = [form.text("id"), Number(form.text("at"))];
    switch (form.text("action")) {
      case "restore": {
        const back = await bin.takeBack(email, id, at);
        return ctx.redirect(`/admin/tools?done=restored#tool-${back}`, 303);
      }
      case "discard":
        await bin.discard(email, id, at);
        return ctx.redirect("/admin/tools/bin?done=discarded", 303);
    }
    throw new AppError("invalid", { code: "action.unknown" });
  },
});

export default define.page<typeof handler>(({ data }) => <BinPage {...data} />);
