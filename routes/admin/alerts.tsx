import { page } from "fresh";
import { AlertsPage } from "@/components/admin/settings/AlertsPage.tsx";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { settings: { alerts }, deps } = ctx.state.services;
    return page({
      timeZone: deps.config.TIME_ZONE,
      alerts: await alerts.list(),
      destination: alerts.destination(),
    });
  },
});

export default define.page<typeof handler>(({ data }) => <AlertsPage {...data} />);
