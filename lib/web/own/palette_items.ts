import type { Context } from "fresh";
import type { ListedConversation } from "../../chat/history/own_conversations.ts";
import { OWN_PALETTE } from "../../locales/own/palette.ts";
import { titleInLanguage } from "../../locales/own/sent_pictures.ts";
import { recentTime } from "../../shared/formats.ts";
import type { ToolView } from "../../shared/views/chat_view.ts";
import type { PaletteItem } from "../../shared/views/own_view.ts";
import type { State } from "../define.ts";

/** Most results of each kind. */
const MOST = 6;
const LONGEST_QUERY = 200;

/**
 * Tools and the visitor's conversations for a query; without one the latest conversations, then the
 * favourites or the first tools.
 */
export async function paletteItems(ctx: Context<State>, query: string): Promise<PaletteItem[]> {
  const q = query.slice(0, LONGEST_QUERY).trim();
  const { services: { pages, own }, texts: { language } } = ctx.state;
  const visitor = ctx.state.visitor?.id ?? null;
  const [{ tools: all }, favourites, removals] = await Promise.all([
    pages.tools("", language),
    visitor === null || q !== "" ? NONE : own.favourites.of(visitor),
    visitor === null ? [] : own.removals.of(visitor),
  ]);
  const hidden = new Set(removals.map(({ conversation }) => conversation));
  const conversations = visitor === null
    ? []
    : q === ""
    ? (await own.list.page(visitor, { limit: MOST, hidden })).conversations
    : await own.search.find(visitor, q, hidden);
  const continued = conversationItems(ctx, conversations, all);
  if (q !== "") {
    const { tools } = await pages.tools(q, language);
    return [...tools.slice(0, MOST).map(toolItem), ...continued];
  }
  const starred = all.filter(({ id }) => favourites.includes(id));
  return [...continued, ...(starred.length > 0 ? starred : all).slice(0, MOST).map(toolItem)];
}

const NONE: readonly string[] = [];

function toolItem({ id, icon, name, description, langs }: ToolView): PaletteItem {
  return { kind: "tool", tool: id, icon, title: name, about: description, lang: langs?.name };
}

/** Conversations with tools that people can still use. */
function conversationItems(
  { state }: Context<State>,
  conversations: readonly ListedConversation[],
  tools: readonly ToolView[],
): PaletteItem[] {
  const { services: { deps }, texts: { language } } = state;
  const reader = { language, timeZone: deps.config.TIME_ZONE, now: deps.clock() };
  const kind = OWN_PALETTE[language].conversation;
  return conversations.flatMap(({ tool: id, title, at, conversation, current }): PaletteItem[] => {
    const tool = tools.find((each) => each.id === id);
    if (!tool) return [];
    const about = `${kind} · ${tool.name} · ${recentTime(at, reader)}`;
    return [{
      kind: "conversation",
      tool: id,
      icon: tool.icon,
      title: titleInLanguage(title, language),
      about,
      ...(current ? {} : { conversation }),
    }];
  }).slice(0, MOST);
}
