import { page } from "fresh";
import { DeletePage } from "@/components/chat/DeletePage.tsx";
import { toolView } from "@/lib/tools/rules/local_texts.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { visit } from "@/lib/web/visit.ts";

export const handler = define.handlers({
  /** Confirmation for the current conversation. */
  async GET(ctx) {
    const { pages, history, deps } = ctx.state.services;
    const tool = await pages.tool(ctx.params.tool ?? "");
    return page({
      tool: toolView(tool, ctx.state.texts.language),
      conversation: await history.current(visit(ctx).id, tool.id),
      simulated: deps.provider.simulated,
    }, { headers: { "cache-control": "no-store" } });
  },
  /** Deletes the confirmed conversation, not one that began since. */
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const { history, pages } = ctx.state.services;
    const tool = await pages.tool(ctx.params.tool ?? "");
    await history.remove(visit(ctx).id, tool.id, form.get("conversation") ?? "");
    return ctx.redirect(`/chat/${tool.id}`, 303);
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <DeletePage organisation={state.organisation} {...data} />
));
