import { type Context, page } from "fresh";
import { ReasonPage } from "@/components/chat/ReasonPage.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { LONGEST_REASON } from "@/lib/feedback/rules/review.ts";
import { toolView } from "@/lib/tools/rules/local_texts.ts";
import type { Thumb } from "@/lib/shared/views/chat_view.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define, type State } from "@/lib/web/define.ts";
import { limitAddress, visit } from "@/lib/web/visit.ts";

export const handler = define.handlers({
  /** Form for the reason of a bad rating. */
  async GET(ctx) {
    const { pages, ratings, deps } = ctx.state.services;
    const tool = await pages.tool(ctx.params.tool ?? "");
    const reply = ctx.url.searchParams.get("reply") ?? "";
    const rating = await ratings.of(visit(ctx).id, tool.id, replyOf(reply).message);
    return page({
      tool: toolView(tool, ctx.state.texts.language),
      reply,
      reason: rating?.verdict === "down" ? rating.reason : "",
      simulated: deps.provider.simulated,
    }, { headers: { "cache-control": "no-store" } });
  },
  /** Saves a rating. Scripts get an empty response, forms a redirect to the reply. */
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const tool = await ctx.state.services.pages.tool(ctx.params.tool ?? "");
    const [verdict, reply] = pressed(form);
    const reason = form.get("reason");
    const number = await ctx.state.services.ratings.rate({
      ...replyOf(reply),
      visitor: visit(ctx).id,
      tool: tool.id,
      verdict,
      ...(reason === null ? {} : { reason: reasonOf(reason) }),
      address: limitAddress(ctx),
    });
    if (!(ctx.req.headers.get("accept") ?? "").includes("text/html")) {
      return new Response(null, { status: 204 });
    }
    return backTo(ctx, tool.id, number, form.get("before") ?? "");
  },
});

/** The pressed button: its name is the verdict, its value the reply. */
function pressed(form: URLSearchParams): [verdict: Thumb | null, reply: string] {
  for (const verdict of ["up", "down", "none"] as const) {
    const reply = form.get(verdict);
    if (reply !== null) return [verdict === "none" ? null : verdict, reply];
  }
  throw new AppError("invalid", { code: "rating.missing" });
}

/** Parses `<number>.<id>` of a reply. */
function replyOf(text: string): { number: number | null; message: string } {
  const [, number, message] = /^(\d{1,7})\.([\w-]{1,64})$/.exec(text) ?? [];
  if (number === undefined || message === undefined) {
    throw new AppError("invalid", { code: "rating.outdated" });
  }
  return { number: Number(number), message };
}

function reasonOf(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\0", "").slice(0, LONGEST_REASON)
    .toWellFormed().trim();
}

function backTo(ctx: Context<State>, tool: string, number: number, before: string): Response {
  const query = /^\d{1,7}$/.test(before) ? `?before=${before}` : "";
  return ctx.redirect(`/chat/${tool}${query}#m${number}`, 303);
}

export default define.page<typeof handler>(({ data, state }) => (
  <ReasonPage organisation={state.organisation} longest={LONGEST_REASON} {...data} />
));
