import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf, clearAdminCookie } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  /** Opening the address changes nothing. */
  GET: (ctx) => ctx.redirect("/admin", 303),
  async POST(ctx) {
    await adminForm(ctx, { counts: false });
    const { email, id } = adminOf(ctx.state);
    await ctx.state.services.admin?.sessions.end(email, id);
    const response = ctx.redirect("/admin/login", 303);
    response.headers.append("set-cookie", clearAdminCookie(ctx.state));
    return response;
  },
});
