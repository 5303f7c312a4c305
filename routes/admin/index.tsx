import { page } from "fresh";
import { DashboardPage } from "@/components/admin/costs/DashboardPage.tsx";
import { LiveFigures } from "@/islands/LiveFigures.tsx";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { api, backups, dashboard, deps, costs, whatsappAdmin, tools } = ctx.state.services;
    const [view, month, whatsapp, endings, idleKeys, proofs] = await Promise.all([
      dashboard(),
      costs.forecast(),
      whatsappAdmin.overview(),
      tools.endings.list(),
      api.keys.idle(),
      backups.byHand.summary(),
    ]);
    return page({
      view,
      month,
      whatsapp,
      endings,
      idleKeys,
      backups: proofs && { ...proofs, now: deps.clock(), timeZone: deps.config.TIME_ZONE },
      token: adminOf(ctx.state).csrf,
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <DashboardPage {...data} live={<LiveFigures />} />
));
