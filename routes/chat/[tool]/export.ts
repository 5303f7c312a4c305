import { define } from "@/lib/web/define.ts";
import { visit } from "@/lib/web/visit.ts";
import { exportJson, exportMarkdown } from "@/lib/chat/history/export.ts";

/** The visitor's conversation as Markdown or JSON. */
export const handler = define.handlers({
  async GET(ctx) {
    const { pages, goals, deps } = ctx.state.services;
    const tool = await pages.tool(ctx.params.tool ?? "");
    const json = ctx.url.searchParams.get("format") === "json";
    const visitor = visit(ctx).id;
    const pieces = pages.whole(visitor, tool.id);
    goals.note(visitor, tool.id, "export");
    const at = new Date(deps.clock());
    const name = `${tool.id}-${deps.calendar.dayOf(deps.clock())}.${json ? "json" : "md"}`;
    return ctx.stream(json ? exportJson(tool, at, pieces) : exportMarkdown(tool, at, pieces), {
      headers: {
        "content-type": json ? "application/json" : "text/markdown; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
      },
    });
  },
});
