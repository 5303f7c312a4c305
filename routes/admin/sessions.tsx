import { page } from "fresh";
import { SessionsPage } from "@/components/admin/SessionsPage.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf, clearAdminCookie } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { id, email, csrf } = adminOf(ctx.state);
    const { admin, deps } = ctx.state.services;
    return page({
      token: csrf,
      timeZone: deps.config.TIME_ZONE,
      current: id,
      ended: ctx.url.searchParams.get("done") === "ended",
      sessions: await admin?.sessions.list(email) ?? [],
    });
  },
  /** Ends one session or all; ending the current one leads to the login. */
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { id, email } = adminOf(ctx.state);
    const sessions = ctx.state.services.admin?.sessions;
    const action = form.text("action"), wanted = form.text("session");
    if (action === "end-all") await sessions?.endEverywhere(email);
    else if (action === "end") await sessions?.end(email, wanted);
    else throw new AppError("invalid", { code: "action.unknown" });
    if (action === "end" && wanted !== id) return ctx.redirect("/admin/sessions?done=ended", 303);
    const response = ctx.redirect("/admin/login", 303);
    response.headers.append("set-cookie", clearAdminCookie(ctx.state));
    return response;
  },
});

export default define.page<typeof handler>(({ data }) => <SessionsPage {...data} />);
