import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { visit } from "@/lib/web/visit.ts";

/** Address of a tool's own list in earlier versions, whose pages may still be open. */
export const handler = define.handlers({
  GET: (ctx) => ctx.redirect("/history", 303),
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const { pages, history } = ctx.state.services;
    const tool = await pages.tool(ctx.params.tool ?? "");
    await history.takeUp(visit(ctx).id, tool.id, form.get("conversation") ?? "");
    return ctx.redirect(`/chat/${tool.id}#latest`, 303);
  },
});
