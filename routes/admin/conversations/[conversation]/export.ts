import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

/** A conversation as Markdown or JSON. */
export const handler = define.handlers({
  async GET(ctx) {
    const { review } = ctx.state.services;
    const id = ctx.params.conversation ?? "";
    const format = ctx.url.searchParams.get("format") === "json" ? "json" : "md";
    const text = await review.export(adminOf(ctx.state).email, id, format);
    return ctx.stream(text, {
      headers: {
        "content-type": format === "json" ? "application/json" : "text/markdown; charset=utf-8",
        "content-disposition": `attachment; filename="conversation-${
          id.replace(/[^\w-]/g, "")
        }.${format}"`,
        "cache-control": "no-store",
      },
    });
  },
});
