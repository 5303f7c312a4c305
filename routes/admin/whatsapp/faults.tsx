import { page } from "fresh";
import { FaultsPage } from "@/components/admin/whatsapp/FaultsPage.tsx";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { whatsappAdmin, deps } = ctx.state.services;
    return page({ ...await whatsappAdmin.faults(), timeZone: deps.config.TIME_ZONE });
  },
});

export default define.page<typeof handler>(({ data }) => <FaultsPage {...data} />);
