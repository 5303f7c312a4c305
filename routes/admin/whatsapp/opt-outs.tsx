import { page } from "fresh";
import { OptOutsPage } from "@/components/admin/whatsapp/OptOutsPage.tsx";
import { define } from "@/lib/web/define.ts";

const PAGE = 50;

export const handler = define.handlers({
  async GET(ctx) {
    const { whatsappAdmin, deps } = ctx.state.services;
    const asked = ctx.url.searchParams.get("from") ?? "";
    const from = /^\d{1,7}$/.test(asked) ? Number(asked) : 0;
    const all = await whatsappAdmin.optOuts();
    const next = from + PAGE;
    return page({
      rows: all.slice(from, next),
      total: all.length,
      nextHref: next < all.length ? `/admin/whatsapp/opt-outs?from=${next}` : null,
      timeZone: deps.config.TIME_ZONE,
    });
  },
});

export default define.page<typeof handler>(({ data }) => <OptOutsPage {...data} />);
