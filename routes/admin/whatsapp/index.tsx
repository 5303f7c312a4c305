import { page } from "fresh";
import { OverviewPage } from "@/components/admin/whatsapp/OverviewPage.tsx";
import type { FindingView } from "@/lib/shared/views/whatsapp_admin_view.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const findings: FindingView[] | null = null;
    const { csrf: token } = adminOf(ctx.state);
    return page({ view: await ctx.state.services.whatsappAdmin.overview(), token, findings });
  },
  async POST(ctx) {
    await adminForm(ctx);
    const { email, csrf: token } = adminOf(ctx.state);
    const { whatsappAdmin } = ctx.state.services;
    const findings: FindingView[] | null = await whatsappAdmin.test(email);
    return page({ view: await whatsappAdmin.overview(), token, findings });
  },
});

export default define.page<typeof handler>(({ data }) => <OverviewPage {...data} />);
