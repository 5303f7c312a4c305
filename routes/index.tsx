import { page } from "fresh";
import { HomePage } from "@/components/HomePage.tsx";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const q = (ctx.url.searchParams.get("q") ?? "").slice(0, 100);
    const { pages, deps } = ctx.state.services;
    const { tools, total } = await pages.tools(q);
    return page({ q, tools, total, simulated: deps.provider.simulated }, {
      headers: { "cache-control": "no-cache" },
    });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <HomePage organisation={state.organisation} {...data} />
));
