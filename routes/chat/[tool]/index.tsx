import { alertingOf } from "@/lib/metering/budgets_in_force.ts";
import { type Context, page } from "fresh";
import { asset } from "fresh/runtime";
import { AddPicture } from "@/components/chat/pictures/AddPicture.tsx";
import { ChatPage } from "@/components/chat/ChatPage.tsx";
import { renderToString } from "preact-render-to-string";
import { ONCE, startWithAttachments } from "@/lib/chat/attachments.ts";
import { costText } from "@/components/chat/cost/cost_text.ts";
import { dearFrom } from "@/components/chat/cost/dear_from.ts";
import { estimateCost } from "@/components/chat/cost/estimate.ts";
import { COST_TOOLS } from "@/components/chat/cost/CostDetails.tsx";
import { CostPanel } from "@/components/chat/cost/CostPanel.tsx";
import { startOf } from "@/components/chat/starters.ts";
import { keepRows } from "@/components/chat/turn/MessageRows.tsx";
import { leadOf, usesUp } from "@/components/ui/wait.ts";
import { recordedTime } from "@/components/chat/voice/recorded_time.ts";
import { hearingView } from "@/lib/media/heard_sound.ts";
import { Composer, CostMeter, LiveMessages, PageActions } from "@/islands/Chat.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import type { ChatView, EditView } from "@/lib/shared/views/chat_view.ts";
import type { PageTexts } from "@/lib/locales/page/texts.ts";
import { formatDollars } from "@/lib/shared/formats.ts";
import { fill } from "@/lib/shared/text.ts";
import { parseUsd, usdString } from "@/lib/shared/money.ts";
import { MESSAGE_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { isMultipart, readMultipart } from "@/lib/web/picture_request.ts";
import { cleanPictures, type SentFile } from "@/lib/media/pictures/staged_pictures.ts";
import { define, type State } from "@/lib/web/define.ts";
import { retryAfterOf, statusOf } from "@/lib/web/errors.ts";
import { chatLink } from "@/lib/web/linking.ts";
import { refusalView, usedUpView } from "@/lib/web/refusal_view.ts";
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
    let form: Record<string, string> = {};
    try {
      const { fields, files } = isMultipart(ctx.req)
        ? await readMultipart(ctx.req)
        : { fields: Object.fromEntries(await readForm(ctx.req, FORM_BYTES)), files: [] };
      form = fields;
      await act(ctx, form, files);
    } catch (error) {
      if (!(error instanceof AppError) || error.kind === "missing") throw error;
      return await show(ctx, error, form.message ?? "");
    }
    return ctx.redirect(`/chat/${ctx.params.tool}#latest`, 303);
  },
});

/** Text of a message whose recording nobody wrote down. */
function soundMarker({ voice }: PageTexts, seconds: number): string {
  return fill(voice.marker, { time: recordedTime(seconds) });
}

async function act(
  ctx: Context<State>,
  form: Record<string, string>,
  files: readonly SentFile[],
): Promise<void> {
  const { chat, history, pictures } = ctx.state.services;
  const visitor = visit(ctx).id;
  const tool = ctx.params.tool ?? "";
  if (form.action === "stop") return await chat.stop(visitor, tool);
  if (form.action === "new") return await history.putAside(visitor, tool);
  const rateLimitKey = chatRateLimitKey(ctx);
  const attachments = form.recording
    ? [form.recording]
    : form.heard
    ? [`${form.heard}${ONCE}`]
    : [];
  const { action, ...asked } = parseTurn({ ...form, toolId: tool, attachments }, files.length > 0);
  const images = action.kind === "send" ? cleanPictures(files) : [];
  if (images.length > 0) {
    await pictures.checkRoom(visitor, images.reduce((sum, { bytes }) => sum + bytes.length, 0));
  }
  await startWithAttachments(
    ctx.state.services,
    {
      ...asked,
      action: action.kind === "send" ? { ...action, images } : action,
      visitor,
      channel: "web",
      rateLimitKey,
      address: rateLimitKey.address,
    },
    asked.attachments,
    ctx.req.signal,
  );
}

async function show(ctx: Context<State>, error: AppError | null, message = "") {
  const { pages, goals, history, voiceNotes, deps: { config, clock } } = ctx.state.services;
  const visitor = visit(ctx).id;
  const tool = ctx.params.tool ?? "";
  const before = numberIn(ctx.url, "before");
  const view = await pages.chat(visitor, tool, before, ctx.state.texts.language);
  // Only a hint on the home page: a store that takes no writes must not keep the page away.
  if (view.unseen) await history.markSeen(visitor, tool).catch(() => {});
  keepRows(
    ctx.state.texts.turn,
    view.tool,
    view.messages.slice(0, before === null ? -1 : undefined),
    config.TIME_ZONE,
    renderToString,
  );
  const about = await pages.tool(tool);
  const hears = hearingView(ctx.state.services.deps, about);
  const spokenId = ctx.url.searchParams.get("heard") ?? "";
  const headers = new Headers({ "cache-control": "no-store" });
  const seconds = error && retryAfterOf(error);
  if (seconds) headers.set("retry-after", String(seconds));
  return page({
    view,
    timeZone: config.TIME_ZONE,
    now: clock(),
    older: before !== null,
    before,
    whatsapp: await chatLink(ctx, visitor, tool),
    memory: await ctx.state.services.memory.stateOf(visitor, tool),
    notice: ctx.state.services.review.noticeIn(ctx.state.texts.language),
    countsLinks: goals.isGoal(tool, "link"),
    edit: await editOf(ctx, visitor, tool),
    speaks: voiceNotes.isAvailable || hears !== null,
    hears,
    spoken: await voiceNotes.spoken({ visitor, id: spokenId, tool: about }),
    spokenId,
    begun: begunWith(ctx.url, view.tool.starters),
    keepsRecordings: (voiceNotes.isAvailable || hears !== null) && about.keepsRecordings,
    refusal: error ? refusalView(ctx, error, message) : usedUpView(ctx, view),
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

/** The starter that fills the field without a script. */
function begunWith(url: URL, starters: readonly string[]): string | null {
  const starter = starters[numberIn(url, "starter") ?? -1];
  return starter === undefined ? null : startOf(starter);
}

function numberIn(url: URL, name: string): number | null {
  const value = url.searchParams.get(name) ?? "";
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}

export default define.page<typeof handler>(({ data, state: { texts } }) => {
  const {
    view,
    timeZone,
    now,
    older,
    before,
    whatsapp,
    memory,
    notice,
    countsLinks,
    edit,
    speaks,
    hears,
    spoken,
    spokenId,
    begun,
    keepsRecordings,
    refusal,
    requestId,
    alertAt,
    pays,
  } = data;
  const { tool, cost, running } = view;
  const { estimate } = view;
  const figures = {
    texts: texts.meter,
    cost,
    estimate,
    pays,
    alertAt,
    alert: alertText(texts, alertAt),
    usedUp: refusal && usesUp(refusal) ? `${leadOf(refusal)} ${refusal.again}` : null,
  };
  const panel = renderToString(
    <CostPanel {...figures} use={COST_TOOLS} state={null} typed={0} />,
  );
  const { language, hasCost, cheap, dismiss } = texts.meter;
  // Props without shared objects are plain JSON, which needs no script to read: hence the copies.
  return (
    <ChatPage
      view={view}
      timeZone={timeZone}
      now={now}
      older={older}
      before={before}
      whatsapp={whatsapp}
      memory={memory}
      notice={notice}
      countsLinks={countsLinks}
      requestId={requestId}
      speaks={speaks}
      spoken={spoken && { id: spokenId, heard: spoken.heard }}
      keepsRecordings={keepsRecordings}
      live={older ? <PageActions texts={texts.turn} /> : (
        <LiveMessages
          texts={texts.turn}
          toolId={tool.id}
          toolName={tool.name}
          running={running}
          meter={figures}
        />
      )}
      meter={<CostMeter {...structuredClone(figures)} panel={panel} />}
      composer={
        <Composer
          texts={speaks
            ? { ...texts.composer, placeholder: texts.voice.placeholder }
            : texts.composer}
          toolId={tool.id}
          requestId={requestId}
          {...view.request && { taken: view.request }}
          estimate={structuredClone(estimate)}
          price={{
            text: costText(texts.composer, estimateCost(estimate, null, 0)),
            dearFrom: dearFrom(estimate),
          }}
          running={running !== null}
          edit={edit}
          refusal={refusal}
          reference={texts.errorPage.reference}
          attributes={view.sees ? { encType: "multipart/form-data" } : {}}
          pictures={renderToString(
            <AddPicture texts={texts.pictures} sheet={asset("/pictures.css")} sees={view.sees} />,
          )}
          voice={speaks
            ? { texts: texts.voice, sheet: asset("/voice.css"), keeps: keepsRecordings, hears }
            : null}
          heard={spoken ? spoken.text || soundMarker(texts, spoken.seconds) : begun}
          alert={{
            texts: { language, hasCost, cheap, dismiss },
            alertAt: parseUsd(cost.session) < parseUsd(alertAt) ? alertAt : "",
          }}
        />
      }
    />
  );
});
