import type { Context } from "fresh";
import type { ListedConversation, ListPlace } from "../../chat/history/own_conversations.ts";
import type { ConversationId } from "../../chat/participants.ts";
import { PROVIDER_NAMES } from "../../locales/admin/providers.ts";
import { titleInLanguage } from "../../locales/own/sent_pictures.ts";
import type { HelpView, OwnConversationView } from "../../shared/views/own_view.ts";
import { localTool } from "../../tools/rules/local_texts.ts";
import type { State } from "../define.ts";

/** Conversations on one page of the list. */
const PER_PAGE = 20;
/** Longest search, in UTF-16 units. */
const LONGEST_QUERY = 200;

/** The list of the visitor's conversations, or a search in them. */
export async function historyPageData(ctx: Context<State>) {
  const { own, deps } = ctx.state.services;
  const query = ctx.url.searchParams;
  const q = (query.get("q") ?? "").slice(0, LONGEST_QUERY).trim();
  const after = placeIn(query.get("after"));
  const visitor = ctx.state.visitor?.id ?? null;
  const about = {
    q,
    later: after !== null,
    simulated: deps.provider.simulated,
    timeZone: deps.config.TIME_ZONE,
    now: deps.clock(),
    gone: query.has("gone"),
  };
  if (visitor === null) return { ...about, conversations: [], next: null, removed: null };
  const removals = await own.removals.of(visitor);
  const hidden = new Set(removals.map(({ conversation }) => conversation));
  const { conversations, next } = q === ""
    ? await own.list.page(visitor, { after, limit: PER_PAGE, hidden })
    : { conversations: await own.search.find(visitor, q, hidden), next: null };
  return {
    ...about,
    conversations: await viewsOf(ctx, visitor, conversations),
    next: next && placeText(next),
    removed: removals.find(({ offered }) => offered)?.conversation ?? null,
  };
}

async function viewsOf(
  ctx: Context<State>,
  visitor: string,
  conversations: readonly ListedConversation[],
): Promise<OwnConversationView[]> {
  const { own, deps: { store: { tools } } } = ctx.state.services;
  const links = conversations.length > 0 && own.links.allowed ? await own.links.of(visitor) : [];
  const shared = new Set(links.map(({ conversation }) => conversation));
  return await Promise.all(
    conversations.map(async ({ tool: id, title, at, messages, conversation }) => {
      const stored = await tools.get(id);
      const tool = stored && localTool(stored, ctx.state.texts.language);
      return {
        id: conversation,
        title: titleInLanguage(title, ctx.state.texts.language),
        at,
        messages,
        tool: {
          id,
          name: tool?.name ?? id,
          icon: tool?.icon ?? "",
          active: tool?.active ?? false,
          lang: tool?.langs.name,
        },
        shared: shared.has(conversation),
      };
    }),
  );
}

/** The conversation that a form or an address names; the visitor's own by its key. */
export function conversationIn(
  fields: Pick<URLSearchParams, "get">,
  visitor: string,
): ConversationId {
  const of = (name: string) => {
    const value = fields.get(name) ?? "";
    return value.length <= LONGEST_ID ? value : "";
  };
  return { visitor, tool: of("tool"), conversation: of("conversation") };
}

const LONGEST_ID = 100;

function placeIn(text: string | null): ListPlace | null {
  const [, at, conversation] = /^(\d{1,15})\.([\w-]{1,40})$/.exec(text ?? "") ?? [];
  return at === undefined || conversation === undefined ? null : { at: Number(at), conversation };
}

function placeText({ at, conversation }: ListPlace): string {
  return `${at}.${conversation}`;
}

const NOTHING = {
  conversations: 0,
  pictures: 0,
  recordings: 0,
  links: 0,
  phone: null,
  oldestUntil: null,
};
/** Age of the oldest monthly backup that is kept; see lib/backup/rules/rotation.ts. */
const BACKUPS_LAST_DAYS = 7 * 31;
const DAY_MS = 24 * 60 * 60_000;

/** What is kept of the visitor, in sums. */
export async function myDataPageData(ctx: Context<State>) {
  const { own, deps } = ctx.state.services;
  const visitor = ctx.state.visitor?.id ?? null;
  const sums = visitor === null ? null : await own.export.sums(visitor);
  return {
    sums: sums === null ? NOTHING : {
      ...sums,
      oldestUntil: sums.oldest === null ? null : sums.oldest + ctx.state.retentionDays * DAY_MS,
    },
    deleted: ctx.url.searchParams.has("deleted") && (sums?.conversations ?? 0) === 0,
    backupsUntil: deps.config.BACKUP_DIR === undefined && deps.config.BACKUP_S3_URL === undefined
      ? null
      : deps.clock() + BACKUPS_LAST_DAYS * DAY_MS,
    simulated: deps.provider.simulated,
    timeZone: deps.config.TIME_ZONE,
  };
}

/** What the help page says of the settings in force. */
export function helpView({ state }: Context<State>): HelpView {
  const { settings, deps: { provider } } = state.services;
  const { review, people } = settings.current;
  const { contactName, contactPhone, contactMail } = people;
  const asked = [...provider.members ?? [provider], ...provider.others ?? []];
  const companies = asked.filter(({ own, simulated }) => !own && !simulated)
    .map(({ name }) => PROVIDER_NAMES.get(name) ?? name);
  return {
    days: state.retentionDays,
    companies: [...new Set(companies)],
    ownServer: asked.some(({ own }) => own === true),
    review: review.enabled ? { notice: review.notice.trim() } : null,
    contact: contactPhone === "" && contactMail === "" && contactName === "" ? null : {
      name: contactName,
      whatsapp: contactPhone === "" ? null : `https://wa.me/${contactPhone.slice(1)}`,
      mail: contactMail || null,
    },
  };
}
