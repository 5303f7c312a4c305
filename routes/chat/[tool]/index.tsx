import { alertingOf } from "@/lib/metering/budgets_in_force.ts";
import { type Context, page } from "fresh";
import { ChatPage } from "@/components/chat/ChatPage.tsx";
import { renderToString } from "preact-render-to-string";
import { estimateCost } from "@/components/chat/composer/estimate.ts";
import { keepRows } from "@/components/chat/turn/MessageRows.tsx";
import { leadOf, usesUp } from "@/components/ui/wait.ts";
import { Composer, CostMeter, LiveMessages, PageActions } from "@/islands/Chat.tsx";
import { usedUpCode } from "@/lib/metering/refusals.ts";
import { errorText } from "@/lib/locales/errors/error_text.ts";
import { AppError } from "@/lib/platform/errors.ts";
import type { ChatView, EditView, RefusalView } from "@/lib/shared/views/chat_view.ts";
import type { PageTexts } from "@/lib/locales/page/texts.ts";
import { formatDollars } from "@/lib/shared/formats.ts";
import { fill } from "@/lib/shared/text.ts";
import { usdString } from "@/lib/shared/money.ts";
import { sendAgain } from "@/lib/shared/send_again.ts";
import { MESSAGE_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define, type State } from "@/lib/web/define.ts";
import { problemOf, retryAfterOf, statusOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";
import { chatLink } from "@/lib/web/linking.ts";
import { parseTurn } from "@/lib/web/turn_request.ts";
import { chatRateLimitKey, visit } from "@/lib/web/visit.ts";

/** URL encoding takes three bytes for most non-alphanumeric characters. */
const FORM_BYTES = 3 * MESSAGE_BODY_BYTES;

export const handler = define.handlers({
  async GET(ctx) {
    return await show(ctx, null);
  },
  /**
   * Handles the page's forms without a script.
   * Redirects back at once: the page shows the reply as it is written.
   */
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
  const rateLimitKey = chatRateLimitKey(ctx);
  await chat.startTurn({
    ...parseTurn({ ...form, toolId: tool }),
    visitor,
    channel: "web",
    rateLimitKey,
    address: rateLimitKey.address,
  });
}

async function show(ctx: Context<State>, error: AppError | null, message = "") {
  const { pages, goals } = ctx.state.services;
  const visitor = visit(ctx).id;
  const tool = ctx.params.tool ?? "";
  const before = numberIn(ctx.url, "before");
  const view = await pages.chat(visitor, tool, before);
  keepRows(
    ctx.state.texts.turn,
    view.tool,
    view.messages.slice(0, before === null ? -1 : undefined),
    renderToString,
  );
  const headers = new Headers({ "cache-control": "no-store" });
  const seconds = error && retryAfterOf(error);
  if (seconds) headers.set("retry-after", String(seconds));
  return page({
    view,
    older: before !== null,
    before,
    whatsapp: await chatLink(ctx, visitor, tool),
    notice: ctx.state.services.review.notice,
    countsLinks: goals.isGoal(tool, "link"),
    edit: await editOf(ctx, visitor, tool),
    refusal: error ? refusalOf(ctx, error, message) : usedUp(ctx, view),
    requestId: crypto.randomUUID().replaceAll("-", ""),
    pays: paysText(ctx, view),
    alertAt: usdString(alertingOf(ctx.state.services.deps).sessionAt),
  }, { status: error ? statusOf(error) : 200, headers });
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

function refusalOf(ctx: Context<State>, error: AppError, message: string): RefusalView {
  const { type, detail, retryable } = problemOf(error, readerOf(ctx));
  const kind = type.replace(/.*\//, "");
  return { kind, detail, retryable, message, ...waitOf(ctx, kind, retryAfterOf(error)) };
}

/** The refusal that a message would get from an exhausted ceiling or share, or null. */
function usedUp(
  ctx: Context<State>,
  { opensAt, shareUsed }: Pick<ChatView, "opensAt" | "shareUsed">,
): RefusalView | null {
  if (opensAt === null) return null;
  const now = ctx.state.services.deps.clock();
  const seconds = Math.ceil((opensAt - now) / 1000);
  const kind = shareUsed ? "over-share" : "over-budget";
  const detail = errorText(usedUpCode(opensAt, now, shareUsed), readerOf(ctx));
  return { kind, detail, retryable: false, message: "", ...waitOf(ctx, kind, seconds) };
}

function waitOf(ctx: Context<State>, kind: string, seconds: number | null) {
  if (seconds === null) return { seconds };
  const { services: { deps: { clock, config } }, texts } = ctx.state;
  const now = clock();
  const until = now + seconds * 1000;
  const opens = kind === "over-budget";
  const says = texts.composer.sendAgain;
  return { seconds, again: sendAgain(says, until, now, opens, config.TIME_ZONE) };
}

/** Who pays, and when the tool's day starts again. */
function paysText({ state }: Context<State>, { cost }: ChatView): string {
  const { brand, services: { deps: { config } }, texts: { chat } } = state;
  const pays = brand === null ? chat.free : fill(chat.pays, { organisation: brand.name });
  if (cost.ceiling === null) return pays;
  return `${pays} ${fill(chat.dayStarts, { time: `00:00 (${config.TIME_ZONE})` })}`;
}

/** A configured amount, with all its decimals. */
function alertText({ language, chat }: PageTexts, alertAt: string): string {
  const decimals = alertAt.split(".")[1]?.length ?? 0;
  const amount = formatDollars(Number(alertAt), decimals, language);
  return fill(chat.costAlert, { amount });
}

function numberIn(url: URL, name: string): number | null {
  const value = url.searchParams.get(name) ?? "";
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}

export default define.page<typeof handler>(({ data, state: { texts } }) => {
  const {
    view,
    older,
    before,
    whatsapp,
    notice,
    countsLinks,
    edit,
    refusal,
    requestId,
    alertAt,
    pays,
  } = data;
  const { tool, cost, cursor, running } = view;
  const meter = {
    texts: texts.meter,
    cost,
    next: `${estimateCost(view.estimate, null, 0)}`,
    pays,
    alertAt,
    alert: alertText(texts, alertAt),
    usedUp: refusal && usesUp(refusal) ? `${leadOf(refusal)} ${refusal.again}` : null,
  };
  const { language, hasCost, cheap, dismiss } = texts.meter;
  return (
    <ChatPage
      view={view}
      older={older}
      before={before}
      whatsapp={whatsapp}
      notice={notice}
      countsLinks={countsLinks}
      requestId={requestId}
      live={older ? <PageActions texts={texts.turn} /> : (
        <LiveMessages
          texts={texts.turn}
          toolId={tool.id}
          toolName={tool.name}
          cursor={cursor}
          running={running}
          meter={meter}
        />
      )}
      meter={<CostMeter {...meter} />}
      composer={
        <Composer
          texts={texts.composer}
          toolId={tool.id}
          requestId={requestId}
          estimate={view.estimate}
          running={running !== null}
          edit={edit}
          refusal={refusal}
          alert={{ texts: { language, hasCost, cheap, dismiss }, session: cost.session, alertAt }}
        />
      }
    />
  );
});
