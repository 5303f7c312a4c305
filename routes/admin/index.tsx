import { page } from "fresh";
import { DashboardPage } from "@/components/admin/costs/DashboardPage.tsx";
import { LiveFigures } from "@/islands/LiveFigures.tsx";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { dashboard, costs, whatsappAdmin } = ctx.state.services;
    const [view, month, whatsapp] = await Promise.all([
      dashboard(),
      costs.forecast(),
      whatsappAdmin.overview(),
    ]);
    return page({ view, month, whatsapp });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <DashboardPage {...data} live={<LiveFigures />} />
));
