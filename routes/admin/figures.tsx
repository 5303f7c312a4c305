import { page, type RouteConfig } from "fresh";
import { FigureList } from "@/components/admin/costs/FigureList.tsx";
import { define } from "@/lib/web/define.ts";

/** The overview's figures alone, for polling by an open page. */
export const config: RouteConfig = { skipInheritedLayouts: true, skipAppWrapper: true };

export const handler = define.handlers({
  GET: async (ctx) => page({ view: await ctx.state.services.dashboard() }),
});

export default define.page<typeof handler>(({ data }) => <FigureList {...data} />);
