import { page } from "fresh";
import { PeoplePage } from "@/components/admin/whatsapp/PeoplePage.tsx";
import { define } from "@/lib/web/define.ts";
import { peopleHref, peopleQueryOf } from "@/lib/web/admin/whatsapp_pages.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { whatsappAdmin, deps } = ctx.state.services;
    const query = peopleQueryOf(ctx.url);
    const list = await whatsappAdmin.people(query);
    return page({
      list,
      filter: query.filter,
      digits: query.digits,
      timeZone: deps.config.TIME_ZONE,
      newestHref: query.after === "" ? null : peopleHref(query, ""),
      nextHref: list.next && peopleHref(query, list.next),
    });
  },
});

export default define.page<typeof handler>(({ data }) => <PeoplePage {...data} />);
