import { page, type RouteConfig } from "fresh";
import { FigureList } from "@/components/admin/costs/FigureList.tsx";
import { define } from "@/lib/web/define.ts";

/** The overview's figures alone, for polling by an open page. */
export const config: RouteConfig = { skipInheritedLayouts: true, skipAppWrapper: true };

export const handler = define.handlers({
  async GET(ctx) {
    const { dashboard, costs } = ctx.state.services;
    const [view, month] = await Promise.all([dashboard(), costs.forecast()]);
    return page({ view, month });
  },
});

export default define.page<typeof handler>(({ data }) => <FigureList {...data} />);
