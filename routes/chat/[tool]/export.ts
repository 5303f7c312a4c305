import { define } from "@/lib/web/define.ts";
import { visit } from "@/lib/web/visit.ts";
import { deletedToolView } from "@/lib/tools/rules/local_texts.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { exportJson, exportMarkdown } from "@/lib/chat/history/export.ts";

/**
 * A conversation of the visitor's as Markdown or JSON: the current one, or `?conversation=`; also of
 * a tool that was deleted.
 */
export const handler = define.handlers({
  async GET(ctx) {
    const { pages, goals, deps } = ctx.state.services;
    const { conversations, tools } = deps.store;
    const id = ctx.params.tool ?? "";
    const earlier = ctx.url.searchParams.get("conversation") ?? undefined;
    const json = ctx.url.searchParams.get("format") === "json";
    const visitor = visit(ctx).id;
    const stored = await tools.get(id);
    const isKept = stored !== null ||
      await (earlier === undefined
          ? conversations.head(visitor, id)
          : conversations.find(visitor, id, earlier)) !== null;
    if (!isKept) throw new AppError("missing", { code: "tool.gone" });
    const tool = stored ?? deletedToolView(id);
    const pieces = pages.whole(visitor, tool.id, earlier);
    goals.note(visitor, tool.id, "export");
    const at = new Date(deps.clock());
    const name = `${tool.id}-${deps.calendar.dayOf(deps.clock())}.${json ? "json" : "md"}`;
    const file = json
      ? exportJson(tool, at, pieces)
      : exportMarkdown(tool, at, pieces, { language: ctx.state.texts.language });
    return ctx.stream(file, {
      headers: {
        "content-type": json ? "application/json" : "text/markdown; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
      },
    });
  },
});
