import type { Context } from "fresh";
import type { ListedConversation } from "../../chat/history/own_conversations.ts";
import { usedUpCode } from "../../metering/refusals.ts";
import { errorText } from "../../locales/errors/error_text.ts";
import { titleInLanguage } from "../../locales/own/sent_pictures.ts";
import { recentTime } from "../../shared/formats.ts";
import type { ToolCardView } from "../../shared/views/chat_view.ts";
import type { RecentView } from "../../shared/views/own_view.ts";
import type { State } from "../define.ts";
import { readerOf } from "../reader.ts";

/** Conversations offered to continue. */
const MOST_RECENT = 3;
/** Read beyond them, in the place of removed ones and of tools that are gone. */
const SPARE = 3;
const LONGEST_QUERY = 100;
const NONE: readonly string[] = [];

/** The tools, with the visitor's favourites and latest conversations. */
export async function homePageData(ctx: Context<State>) {
  const { pages, own, deps } = ctx.state.services;
  const q = (ctx.url.searchParams.get("q") ?? "").slice(0, LONGEST_QUERY).trim();
  const visitor = ctx.state.visitor?.id ?? null;
  const [{ tools, total }, favourites, listed, removals] = await Promise.all([
    pages.cards(q, ctx.state.texts.language),
    visitor === null ? NONE : own.favourites.of(visitor),
    visitor === null || q !== "" ? null : own.list.page(visitor, { limit: MOST_RECENT + SPARE }),
    visitor === null || q !== "" ? [] : own.removals.of(visitor),
  ]);
  const hidden = new Set(removals.map(({ conversation }) => conversation));
  const shown = listed?.conversations.filter(({ conversation }) => !hidden.has(conversation)) ?? [];
  const reader = readerOf(ctx);
  return {
    q,
    total,
    simulated: deps.provider.simulated,
    cards: tools.map(({ opensAt, group, ...tool }) => ({
      tool,
      group,
      usedUp: opensAt === null ? null : errorText(usedUpCode(opensAt, reader.now), reader),
      favourite: favourites.includes(tool.id),
    })),
    recent: recentViews(ctx, shown, tools).slice(0, MOST_RECENT),
  };
}

/** Conversations with tools that people can still use. */
function recentViews(
  { state }: Context<State>,
  conversations: readonly ListedConversation[],
  tools: readonly ToolCardView[],
): RecentView[] {
  const { services: { deps }, texts: { language } } = state;
  const reader = { language, timeZone: deps.config.TIME_ZONE, now: deps.clock() };
  return conversations.flatMap(({ tool: id, conversation, title, at, current, reply }) => {
    const tool = tools.find((each) => each.id === id);
    if (!tool) return [];
    return [{
      id: conversation,
      title: titleInLanguage(title, language),
      at,
      when: recentTime(at, reader),
      tool,
      current,
      reply,
    }];
  });
}
