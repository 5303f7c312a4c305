import { page } from "fresh";
import { HelpPage } from "@/components/own/HelpPage.tsx";
import { define } from "@/lib/web/define.ts";
import { helpView } from "@/lib/web/own/own_pages.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { simulated } = ctx.state.services.deps.provider;
    return page({ help: helpView(ctx), simulated }, { headers: { "cache-control": "no-cache" } });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <HelpPage organisation={state.organisation} {...data} />
));
