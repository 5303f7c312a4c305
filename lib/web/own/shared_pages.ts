import type { Context } from "fresh";
import { renderMessage } from "../../chat/rules/rendered.ts";
import type { Share } from "../../chat/shares/records.ts";
import { AppError } from "../../platform/errors.ts";
import type { SharedMessageView } from "../../shared/views/own_view.ts";
import { localTool } from "../../tools/rules/local_texts.ts";
import type { State } from "../define.ts";

/** Messages on one page. */
const PER_PAGE = 100;

/** Nobody finds a shared page but by its link, and leaving it does not tell the link. */
export const SHARED_HEADERS = {
  "cache-control": "no-store",
  "x-robots-tag": "noindex, nofollow, noarchive",
  "referrer-policy": "no-referrer",
};

/** A shared conversation, or null when the link shows nothing. */
export async function sharedPageData(ctx: Context<State>) {
  const { own, deps } = ctx.state.services;
  const id = ctx.params.id ?? "";
  const share = await openedOrNull(ctx, id);
  if (share === null) return null;
  const asked = ctx.url.searchParams.get("from") ?? "";
  const from = /^\d{1,9}$/.test(asked) ? Number(asked) : 0;
  const messages = await own.links.messages(share, from, PER_PAGE);
  const stored = await deps.store.tools.get(share.tool);
  const tool = stored && localTool(stored, ctx.state.texts.language);
  return {
    tool: { id: share.tool, name: tool?.name ?? share.tool, icon: tool?.icon ?? "" },
    at: share.at,
    messages: messages.map(({ number, message }): SharedMessageView => ({
      seq: number,
      role: message.role,
      html: renderMessage(message.id, message.text),
      at: message.at,
      pictures: (message.pictures ?? []).map((_, n) => `/shared/${id}/pictures/${number}-${n}`),
    })),
    further: from + PER_PAGE < share.next ? `/shared/${id}?from=${from + PER_PAGE}` : null,
    first: from > 0 ? `/shared/${id}` : null,
    timeZone: deps.config.TIME_ZONE,
  };
}

/**
 * A picture of a shared message.
 * @throws {AppError} `missing`
 */
export async function sharedPicture(ctx: Context<State>) {
  const { own, deps } = ctx.state.services;
  const share = await own.links.open(ctx.params.id ?? "");
  const [, number, n] = /^(\d{1,9})-(\d)$/.exec(ctx.params.picture ?? "") ?? [];
  const [found] = number === undefined ? [] : await own.links.messages(share, Number(number), 1);
  const picture = found?.message.pictures?.[Number(n)];
  const file = picture ? await deps.store.media.file(picture.id) : null;
  if (file === null) throw new AppError("missing", { code: "picture.gone" });
  return file;
}

async function openedOrNull(ctx: Context<State>, id: string): Promise<Share | null> {
  try {
    return await ctx.state.services.own.links.open(id);
  } catch (error) {
    if (error instanceof AppError && error.kind === "missing") return null;
    throw error;
  }
}
