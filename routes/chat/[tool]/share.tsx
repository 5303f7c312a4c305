import { page } from "fresh";
import { SharePage } from "@/components/own/SharePage.tsx";
import { titleInLanguage } from "@/lib/locales/own/sent_pictures.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { deletedToolView, toolView } from "@/lib/tools/rules/local_texts.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { ownAddress } from "@/lib/web/own/own_address.ts";
import { visit } from "@/lib/web/visit.ts";

export const handler = define.handlers({
  /**
   * The links of the current conversation, or of `?conversation=`; also when its tool has ended, as
   * they open until they are stopped.
   */
  async GET(ctx) {
    const { history, own, deps } = ctx.state.services;
    const visitor = visit(ctx).id;
    const { conversations, tools } = deps.store;
    const id = ctx.params.tool ?? "";
    const tool = await tools.get(id);
    const asked = ctx.url.searchParams.get("conversation");
    const head = asked === null
      ? await conversations.head(visitor, id)
      : await conversations.find(visitor, id, asked);
    const isActive = tool?.active ?? false;
    if (!isActive && head === null) throw new AppError("missing", { code: "tool.gone" });
    const shareable = head !== null && head.next > 0;
    const links = shareable ? await own.links.of(visitor, head.conversation) : [];
    return page({
      tool: tool ? toolView(tool, ctx.state.texts.language) : deletedToolView(id),
      isActive,
      conversation: shareable
        ? {
          id: head.conversation,
          title: titleInLanguage(await history.titleOf(head), ctx.state.texts.language),
        }
        : null,
      allowed: own.links.allowed,
      links: links.map(({ id, at, until }) => ({
        id,
        at,
        until,
        address: ownAddress(ctx, `/shared/${id}`),
      })),
      simulated: deps.provider.simulated,
      timeZone: deps.config.TIME_ZONE,
    }, { headers: { "cache-control": "no-store" } });
  },
  /** Makes a link, or ends one. */
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const { history, own } = ctx.state.services;
    const visitor = visit(ctx).id;
    const tool = ctx.params.tool ?? "";
    const conversation = form.get("conversation") ||
      ((await history.current(visitor, tool))?.id ?? "");
    if (form.get("action") === "stop") await own.links.end(visitor, form.get("id") ?? "");
    else await own.links.make({ visitor, tool, conversation });
    const of = new URLSearchParams({ conversation });
    return ctx.redirect(`/chat/${encodeURIComponent(tool)}/share?${of}`, 303);
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <SharePage organisation={state.organisation} {...data} />
));
