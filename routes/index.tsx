import { page } from "fresh";
import { HomePage } from "@/components/tools/HomePage.tsx";
import { usedUpCode } from "@/lib/metering/refusals.ts";
import { errorText } from "@/lib/locales/errors/error_text.ts";
import { define } from "@/lib/web/define.ts";
import { readerOf } from "@/lib/web/reader.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const q = (ctx.url.searchParams.get("q") ?? "").slice(0, 100);
    const { pages, deps } = ctx.state.services;
    const { tools, total } = await pages.cards(q);
    const now = deps.clock();
    const cards = tools.map(({ opensAt, group, ...tool }) => ({
      tool,
      group,
      usedUp: opensAt === null ? null : errorText(usedUpCode(opensAt, now), readerOf(ctx)),
    }));
    return page({ q, cards, total, simulated: deps.provider.simulated }, {
      headers: { "cache-control": "no-cache" },
    });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <HomePage organisation={state.organisation} {...data} />
));
