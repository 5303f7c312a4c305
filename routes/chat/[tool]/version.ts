import { AppError } from "@/lib/platform/errors.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { visit } from "@/lib/web/visit.ts";

export const handler = define.handlers({
  /** Shows another version of a message. Scripts get an empty answer, forms the message. */
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const { pages, history } = ctx.state.services;
    const tool = await pages.tool(ctx.params.tool ?? "");
    const { number, id } = versionIn(form.get("version") ?? "");
    await history.showAlternative(visit(ctx).id, tool.id, number, id);
    if (!(ctx.req.headers.get("accept") ?? "").includes("text/html")) {
      return new Response(null, { status: 204 });
    }
    const before = form.get("before") ?? "";
    const query = /^\d{1,7}$/.test(before) ? `?before=${before}` : "";
    return ctx.redirect(`/chat/${tool.id}${query}#m${number}`, 303);
  },
});

/** Parses `<number>.<id>` of a version. */
function versionIn(text: string): { number: number; id: number } {
  const [, number, id] = /^(\d{1,7})\.(\d{1,7})$/.exec(text) ?? [];
  if (number === undefined) throw new AppError("missing", { code: "conversation.version_gone" });
  return { number: Number(number), id: Number(id) };
}
