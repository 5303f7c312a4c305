import { page } from "fresh";
import { WaitingPage } from "@/components/admin/whatsapp/WaitingPage.tsx";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { whatsappAdmin, deps } = ctx.state.services;
    const { email, csrf: token } = adminOf(ctx.state);
    return page({
      people: await whatsappAdmin.waiting.read(),
      token,
      email,
      now: deps.clock(),
      timeZone: deps.config.TIME_ZONE,
    });
  },
});

export default define.page<typeof handler>(({ data }) => <WaitingPage {...data} />);
