import { page } from "fresh";
import { DashboardPage } from "@/components/admin/costs/DashboardPage.tsx";
import { LiveFigures } from "@/islands/LiveFigures.tsx";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { api, dashboard, costs, whatsappAdmin, tools } = ctx.state.services;
    const [view, month, whatsapp, endings, idleKeys] = await Promise.all([
      dashboard(),
      costs.forecast(),
      whatsappAdmin.overview(),
      tools.endings.list(),
      api.keys.idle(),
    ]);
    return page({ view, month, whatsapp, endings, idleKeys, token: adminOf(ctx.state).csrf });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <DashboardPage {...data} live={<LiveFigures />} />
));
