import { page } from "fresh";
import { HistoryPage } from "@/components/chat/HistoryPage.tsx";
import { toolView } from "@/lib/tools/rules/tool.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { visit } from "@/lib/web/visit.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { pages, history, deps } = ctx.state.services;
    const tool = await pages.tool(ctx.params.tool ?? "");
    const archived = await history.list(visit(ctx).id, tool.id);
    return page({
      tool: toolView(tool),
      conversations: archived.map(({ title, head }) => ({
        id: head.conversation,
        title,
        at: head.updatedAt,
        messages: head.next,
      })),
      simulated: deps.provider.simulated,
      timeZone: deps.config.TIME_ZONE,
      now: deps.clock(),
    }, { headers: { "cache-control": "no-store" } });
  },
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const { history, pages } = ctx.state.services;
    const tool = await pages.tool(ctx.params.tool ?? "");
    const visitor = visit(ctx).id;
    const conversation = form.get("conversation") ?? "";
    if (form.get("action") === "delete") {
      // Pages of an earlier version post the deletion here; ask for confirmation too.
      const asked = encodeURIComponent(conversation);
      return ctx.redirect(`/chat/${tool.id}/delete?conversation=${asked}`, 303);
    }
    await history.takeUp(visitor, tool.id, conversation);
    return ctx.redirect(`/chat/${tool.id}#latest`, 303);
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <HistoryPage organisation={state.organisation} {...data} />
));
