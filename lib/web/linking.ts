import { currentLimits } from "../limits/limits_in_force.ts";
import type { Context } from "fresh";
import { AppError } from "../platform/errors.ts";
import type { RateDecision, RateLimit } from "../limits/rules/rate.ts";
import type { Tool } from "../tools/rules/tool.ts";
import type { LinkRequester, WebLinks } from "../whatsapp/linking/web_links.ts";
import type { ChatLinkView } from "../shared/views/link_view.ts";
import type { State } from "./define.ts";
import { rateHeaders, refusedHeaders } from "./edge/limits.ts";
import { limitAddress, visit } from "./visit.ts";

export interface LinkingOn {
  links: WebLinks;
  number: string;
}

/** @throws {AppError} `missing` while WhatsApp is off. */
export function linkingOf({ state }: Context<State>): LinkingOn {
  const { links, whatsapp } = state.services;
  const { on, number } = whatsapp.status();
  if (!on || number === null) throw new AppError("missing", { code: "whatsapp.not_offered" });
  return { links, number };
}

export function offersWhatsApp({ state }: Context<State>, tool: Tool): boolean {
  return state.services.whatsapp.status().on && tool.whatsapp.enabled;
}

/** WhatsApp's part of a tool's page; null where it is not offered. */
export async function chatLink(
  ctx: Context<State>,
  visitor: string,
  toolId: string,
): Promise<ChatLinkView | null> {
  const { services } = ctx.state;
  if (!services.whatsapp.status().on) return null;
  const tool = await services.pages.tool(toolId);
  if (!offersWhatsApp(ctx, tool)) return null;
  const { linked, ended } = await services.links.standing(visitor);
  return { href: `/chat/${tool.id}/whatsapp`, linked, ended };
}

/** The visitor and address of a request, and whether the visitor is new. */
export function askerOf(ctx: Context<State>): LinkRequester & { isNew: boolean } {
  const { id, isNew } = visit(ctx);
  return { visitor: id, address: limitAddress(ctx), isNew };
}

export function linkingHeaders(
  { state }: Context<State>,
  outcome: RateDecision | { error: unknown },
): [string, string][] {
  const { deps } = state.services;
  const rate: RateLimit = currentLimits(deps).linking;
  return "error" in outcome
    ? refusedHeaders("linking", rate, outcome.error)
    : rateHeaders("linking", rate, outcome, deps.clock());
}
