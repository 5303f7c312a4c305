import { errorText } from "@/lib/locales/errors/error_text.ts";
import { readerOf } from "@/lib/web/reader.ts";
import { type Context, page } from "fresh";
import { VersionsPage } from "@/components/admin/tools/VersionsPage.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { ToolChanged } from "@/lib/tools/tool_editing.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define, type State } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return await show(ctx, null);
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { email } = adminOf(ctx.state);
    const id = ctx.params.tool ?? "";
    if (form.text("action") !== "restore") {
      throw new AppError("invalid", { code: "action.unknown" });
    }
    const [number, seen] = [Number(form.text("number")), Number(form.text("version"))];
    try {
      await ctx.state.services.tools.editing.restoreVersion(email, id, number, seen);
    } catch (error) {
      if (!(error instanceof ToolChanged)) throw error;
      return await show(ctx, error);
    }
    return ctx.redirect(`/admin/tools/${id}?done=reverted`, 303);
  },
});

async function show(ctx: Context<State>, refused: ToolChanged | null) {
  const { tools: { views }, deps } = ctx.state.services;
  const tool = await views.tool(ctx.params.tool ?? "");
  const [from, to] = [numberIn(ctx.url, "from"), numberIn(ctx.url, "to")];
  const compared = from === null || to === null
    ? null
    : { from, to, changes: await views.compare(tool, from, to) };
  return page({
    token: adminOf(ctx.state).csrf,
    timeZone: deps.config.TIME_ZONE,
    tool: { id: tool.id, name: tool.name, version: tool.version },
    versions: await views.versions(tool),
    compared,
    refusal: refused &&
      `${
        errorText(refused.told, readerOf(ctx))
      } Look at the new version first; nothing was restored.`,
  }, { status: refused ? 409 : 200 });
}

function numberIn(url: URL, name: string): number | null {
  const value = url.searchParams.get(name) ?? "";
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}

export default define.page<typeof handler>(({ data }) => <VersionsPage {...data} />);
