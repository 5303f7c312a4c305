import { page } from "fresh";
import { renderToString } from "preact-render-to-string";
import { historyGroups } from "@/components/chat/history_groups.ts";
import { keepCards } from "@/components/own/ConversationCard.tsx";
import { HistoryPage } from "@/components/own/HistoryPage.tsx";
import { OWN_HISTORY } from "@/lib/locales/own/history.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { conversationIn, historyPageData } from "@/lib/web/own/own_pages.ts";
import { visit } from "@/lib/web/visit.ts";

export const handler = define.handlers({
  /** The conversations with all tools, or with `?q=` a search in them. */
  async GET(ctx) {
    const { language } = ctx.state.texts;
    const { conversations, timeZone, now, ...data } = await historyPageData(ctx);
    const reader = { language, timeZone, now };
    const groups = historyGroups(conversations, OWN_HISTORY[language], reader);
    keepCards(ctx.state.texts, groups.flatMap(({ items }) => items), renderToString);
    return page({ ...data, groups }, { headers: { "cache-control": "no-store" } });
  },
  /** Continues or deletes a conversation, or takes the deletion back. */
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const { own, history } = ctx.state.services;
    const which = conversationIn(form, visit(ctx).id);
    const { visitor, tool, conversation } = which;
    switch (form.get("action")) {
      case "open":
        // A page from before its deletion still lists it.
        await own.removals.undo(visitor, conversation);
        if ((await history.current(visitor, tool))?.id !== conversation) {
          await history.takeUp(visitor, tool, conversation);
        }
        return ctx.redirect(`/chat/${encodeURIComponent(tool)}#latest`, 303);
      case "remove":
        return ctx.redirect(await own.removals.remove(which) ? "/history" : "/history?gone", 303);
      case "undo":
        return ctx.redirect(
          await own.removals.undo(visitor, conversation) ? "/history" : "/history?gone",
          303,
        );
    }
    throw new AppError("invalid", { code: "page.outdated" });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <HistoryPage organisation={state.organisation} {...data} />
));
