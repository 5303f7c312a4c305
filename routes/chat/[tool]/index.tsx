import { type Context, page } from "fresh";
import { ChatPage } from "@/components/ChatPage.tsx";
import { renderToString } from "preact-render-to-string";
import { keepRows } from "@/components/MessageRows.tsx";
import { Composer, CostMeter, LiveTurn } from "@/islands/Chat.tsx";
import { AppError } from "@/lib/domain/errors.ts";
import { alertingOf } from "@/lib/services/settings_in_force.ts";
import type { EditView, RefusalView } from "@/lib/shared/chat_view.ts";
import { usdString } from "@/lib/shared/money.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/body.ts";
import { define, type State } from "@/lib/web/define.ts";
import { problemOf, retryAfterOf } from "@/lib/web/errors.ts";
import { chatLink } from "@/lib/web/linking.ts";
import { parseTurn } from "@/lib/web/turn_request.ts";
import { chatMeter, visit } from "@/lib/web/visit.ts";

/** How long a form post waits for its reply before it shows what there is so far. */
const PATIENCE_MS = 20_000;
/** A form says the same in more bytes than JSON: three for each that is no letter or digit. */
const FORM_BYTES = 3 * CHAT_BODY_BYTES;

export const handler = define.handlers({
  async GET(ctx) {
    return await show(ctx, null);
  },
  /** What the page's forms send when no script runs; answered with a redirect back to it. */
  async POST(ctx) {
    const form = Object.fromEntries(await readForm(ctx.req, FORM_BYTES));
    try {
      await act(ctx, form);
    } catch (error) {
      if (!(error instanceof AppError) || error.kind === "missing") throw error;
      return await show(ctx, error, form.message ?? "");
    }
    return ctx.redirect(`/chat/${ctx.params.tool}#latest`, 303);
  },
});

async function act(ctx: Context<State>, form: Record<string, string>): Promise<void> {
  const { chat, history } = ctx.state.services;
  const visitor = visit(ctx).id;
  const tool = ctx.params.tool ?? "";
  if (form.action === "stop") return await chat.stop(visitor, tool);
  if (form.action === "new") return await history.putAside(visitor, tool);
  const { live } = await chat.converse({
    ...parseTurn({ ...form, toolId: tool }),
    visitor,
    channel: "web",
    meter: chatMeter(ctx),
  });
  if (live) await live.ended(PATIENCE_MS);
}

async function show(ctx: Context<State>, error: AppError | null, message = "") {
  const { pages } = ctx.state.services;
  const visitor = visit(ctx).id;
  const tool = ctx.params.tool ?? "";
  const before = numberIn(ctx.url, "before");
  const view = await pages.chat(visitor, tool, before);
  keepRows(view.tool, view.messages.slice(0, before === null ? -1 : undefined), renderToString);
  const headers = new Headers({ "cache-control": "no-store" });
  const refusal = error && refusalOf(error, message);
  if (refusal?.retryAfterSeconds) headers.set("retry-after", String(refusal.retryAfterSeconds));
  return page({
    view,
    older: before !== null,
    before,
    whatsapp: await chatLink(ctx, visitor, tool),
    notice: ctx.state.services.review.notice,
    edit: await editOf(ctx, visitor, tool),
    refusal,
    requestId: crypto.randomUUID().replaceAll("-", ""),
    alertAt: usdString(alertingOf(ctx.state.services.deps).sessionAt),
  }, { status: refusal?.status ?? 200, headers });
}

async function editOf(
  ctx: Context<State>,
  visitor: string,
  tool: string,
): Promise<EditView | null> {
  const seq = numberIn(ctx.url, "edit");
  if (seq === null) return null;
  const text = await ctx.state.services.pages.question(visitor, tool, seq);
  return text === null ? null : { seq, text };
}

function refusalOf(error: AppError, message: string): RefusalView {
  const { status, detail } = problemOf(error);
  return { status, detail, retryAfterSeconds: retryAfterOf(error), message };
}

function numberIn(url: URL, name: string): number | null {
  const value = url.searchParams.get(name) ?? "";
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}

export default define.page<typeof handler>(({ data }) => {
  const { view, older, before, whatsapp, notice, edit, refusal, requestId, alertAt } = data;
  const { tool, cost, cursor, running } = view;
  return (
    <ChatPage
      view={view}
      older={older}
      before={before}
      whatsapp={whatsapp}
      notice={notice}
      requestId={requestId}
      live={<LiveTurn toolId={tool.id} toolName={tool.name} cursor={cursor} running={running} />}
      meter={<CostMeter cost={cost} alertAt={alertAt} />}
      composer={
        <Composer
          toolId={tool.id}
          toolName={tool.name}
          requestId={requestId}
          estimate={view.estimate}
          // A copy of its own: what two islands share needs a decoder in the browser.
          cost={{ ...cost }}
          running={running !== null}
          edit={edit}
          refusal={refusal}
        />
      }
    />
  );
});
