import { page } from "fresh";
import { DashboardPage } from "@/components/admin/costs/DashboardPage.tsx";
import { LiveFigures } from "@/islands/LiveFigures.tsx";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  GET: async (ctx) => page({ view: await ctx.state.services.dashboard() }),
});

export default define.page<typeof handler>(({ data }) => (
  <DashboardPage {...data} live={<LiveFigures />} />
));
