import { page } from "fresh";
import { RenamePage } from "@/components/own/RenamePage.tsx";
import { titleInLanguage } from "@/lib/locales/own/sent_pictures.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { conversationIn } from "@/lib/web/own/own_pages.ts";
import { visit } from "@/lib/web/visit.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { history, deps } = ctx.state.services;
    const { visitor, tool, conversation } = conversationIn(ctx.url.searchParams, visit(ctx).id);
    const head = await deps.store.conversations.find(visitor, tool, conversation);
    return page({
      conversation: head && {
        tool,
        id: conversation,
        title: titleInLanguage(await history.titleOf(head), ctx.state.texts.language),
      },
      simulated: deps.provider.simulated,
    }, { status: head ? 200 : 404, headers: { "cache-control": "no-store" } });
  },
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    await ctx.state.services.history.rename(
      conversationIn(form, visit(ctx).id),
      form.get("title") ?? "",
    );
    return ctx.redirect("/history", 303);
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <RenamePage organisation={state.organisation} {...data} />
));
