import { page } from "fresh";
import { HomePage } from "@/components/tools/HomePage.tsx";
import { sendAgain } from "@/lib/shared/send_again.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const q = (ctx.url.searchParams.get("q") ?? "").slice(0, 100);
    const { services: { pages, deps }, texts } = ctx.state;
    const says = texts.composer.sendAgain;
    const { tools, total } = await pages.cards(q);
    const cards = tools.map(({ opensAt, ...tool }) => ({
      tool,
      usedUp: opensAt === null
        ? null
        : `${texts.usedUp.tool} ${
          sendAgain(says, opensAt, deps.clock(), true, deps.config.TIME_ZONE)
        }`,
    }));
    return page({ q, cards, total, simulated: deps.provider.simulated }, {
      headers: { "cache-control": "no-cache" },
    });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <HomePage organisation={state.organisation} {...data} />
));
