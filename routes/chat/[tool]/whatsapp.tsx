import { type Context, page } from "fresh";
import { WhatsAppPage } from "@/components/whatsapp/WhatsAppPage.tsx";
import { LinkWait } from "@/islands/LinkWait.tsx";
import { type Mirror, mirrorSchema } from "@/lib/whatsapp/dialogue/state.ts";
import { errorText } from "@/lib/locales/errors/error_text.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { clockTime } from "@/lib/shared/send_again.ts";
import { toolView } from "@/lib/tools/rules/local_texts.ts";
import type { Tool } from "@/lib/tools/rules/tool.ts";
import { linkView } from "@/lib/whatsapp/linking/link_view.ts";
import { readForm } from "@/lib/web/edge/body.ts";
import { define, type State } from "@/lib/web/define.ts";
import { retryAfterOf, statusOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";
import { LINK_BODY_BYTES } from "@/lib/web/link_request.ts";
import { askerOf, linkingHeaders, linkingOf, offersWhatsApp } from "@/lib/web/linking.ts";

export const handler = define.handlers({
  /** Shows the link, or the valid code; a returning visitor gets a new code if none is valid. */
  async GET(ctx) {
    const tool = await offered(ctx);
    const { links } = linkingOf(ctx);
    const asker = askerOf(ctx);
    if (!asker.isNew && !byNumber(ctx)) {
      const { linked, code } = await links.state(asker.visitor);
      if (linked === null && code === null) {
        try {
          await links.issue(asker, tool.id);
        } catch (error) {
          return await show(ctx, tool, error);
        }
      }
    }
    return await show(ctx, tool, null);
  },
  async POST(ctx) {
    const tool = await offered(ctx);
    const form = await readForm(ctx.req, LINK_BODY_BYTES);
    try {
      await act(ctx, tool, form);
    } catch (error) {
      return await show(ctx, tool, error);
    }
    const sent = form.get("action") === "send" ? "?way=number" : "";
    return ctx.redirect(`/chat/${tool.id}/whatsapp${sent}`, 303);
  },
});

/**
 * The page's tool. Links are managed from any tool's page.
 * @throws {AppError} `missing` while WhatsApp is off or the tool is not offered there.
 */
async function offered(ctx: Context<State>): Promise<Tool> {
  const tool = await ctx.state.services.pages.tool(ctx.params.tool ?? "");
  linkingOf(ctx);
  if (!offersWhatsApp(ctx, tool)) {
    throw new AppError("missing", { code: "whatsapp.tool_not_offered", tool: tool.name });
  }
  return tool;
}

async function act(ctx: Context<State>, tool: Tool, form: URLSearchParams): Promise<void> {
  const { links } = linkingOf(ctx);
  const asker = askerOf(ctx);
  switch (form.get("action")) {
    case "code":
      return void await links.issue(asker, tool.id);
    case "send":
      return void await links.send(asker, form.get("phone") ?? "", tool.id);
    case "verify":
      return void await links.verify(asker, form.get("code") ?? "");
    case "mirror":
      return await links.setMirror(asker.visitor, mirrorOf(form.get("mirror")));
    case "unlink":
      return await links.unlink(asker.visitor);
    case "seen":
      return await links.seen(asker.visitor);
  }
  throw new AppError("invalid", { code: "page.outdated" });
}

function mirrorOf(value: string | null): Mirror {
  const mirror = mirrorSchema.safeParse(value);
  if (mirror.success) return mirror.data;
  throw new AppError("invalid", { code: "mirror.missing" }, { field: "mirror" });
}

async function show(ctx: Context<State>, tool: Tool, thrown: unknown) {
  if (thrown !== null && !(thrown instanceof AppError)) throw thrown;
  const { services } = ctx.state;
  const { links, number } = linkingOf(ctx);
  const { visitor } = askerOf(ctx);
  const headers = new Headers({ "cache-control": "no-store" });
  if (thrown) {
    for (const [name, value] of linkingHeaders(ctx, { error: thrown })) headers.set(name, value);
    const seconds = retryAfterOf(thrown);
    if (seconds !== null) headers.set("retry-after", String(seconds));
  }
  const now = services.deps.clock();
  return page({
    tool: toolView(tool, ctx.state.texts.language),
    view: linkView(await links.state(visitor), {
      number,
      priceTo: (phone) => services.whatsapp.replyPrice(phone),
      now,
      language: ctx.state.texts.language,
    }),
    byNumber: byNumber(ctx),
    refusal: thrown &&
      { detail: errorText(thrown.told, readerOf(ctx)), field: thrown.field ?? null },
    simulated: services.deps.provider.simulated,
    timeZone: services.deps.config.TIME_ZONE,
    now,
  }, { status: thrown ? statusOf(thrown) : 200, headers });
}

function byNumber({ url }: Context<State>): boolean {
  return url.searchParams.get("way") === "number";
}

export default define.page<typeof handler>(({ data, state }) => {
  const { code } = data.view;
  const leftMs = code === null || code === "expired" ? 0 : code.leftMs;
  const { texts: { language, linkWait } } = state;
  const until = clockTime(data.now + leftMs, language, data.timeZone);
  return (
    <WhatsAppPage
      organisation={state.organisation}
      {...data}
      waiting={<LinkWait texts={linkWait} leftMs={leftMs} until={until} language={language} />}
    />
  );
});
